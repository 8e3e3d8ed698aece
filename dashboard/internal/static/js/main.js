// What every page runs. Pages work without it but for dialogs and the live
// refresh; each module finds what it needs by attribute.
import './busy.js';
import './copy.js';
import './dialog.js';
import './menu.js';
import './live.js';
import './search.js';
import './theme.js';

if (document.querySelector('.clock')) {
  // a developer's page
  import('./clock.js');
  import('./slots.js');
}
if (document.querySelector('[data-selection]')) import('./select.js');
