// What a page with places for extensions runs.
import './actions.js';
import './slot.js';
