package billing

// Moves are the state tables, for the tests that look for moves they lack.
var Moves = moves
