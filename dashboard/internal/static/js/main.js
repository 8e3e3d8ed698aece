// What every page runs. Pages work without it but for dialogs and the live
// refresh; each module finds what it needs by attribute.
import './busy.js';
import './clock.js';
import './copy.js';
import './dialog.js';
import './menu.js';
import './live.js';
import './theme.js';

if (document.querySelector('[data-selection]')) import('./select.js');
if (document.querySelector('[data-show-slots]')) import('./slots.js');
