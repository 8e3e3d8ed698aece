// Package usage is what apps meter: each use with its quantity and price, as a
// line of the charge that package billing collects when the calendar month is
// over. A use needs no approval, and no subscription.
//
// What always holds:
//
//   - The charge of the month is the sum of its lines. A use that would take it
//     beyond the agreed cap is refused and leaves no line.
//   - Amount and commission are rounded half to even, line by line. The
//     developer pays the commission; there is no gateway fee.
//   - A line has the status of its charge, which is kept in one place.
//   - A use reported again under its idempotency_key is the first one.
package usage
