// The names that a tree may use. The platform refuses others when a set is
// deployed; a tree that an app answers with is checked here.

/** Every component. */
export const COMPONENTS = [
  'Stack', 'Grid', 'Card', 'Divider', 'Separator', 'Box', 'InlineStack', 'BlockStack', 'InlineGrid', 'Bleed', 'Layout', 'LayoutSection', 'Page', 'ButtonGroup', 'Collapsible',
  'Text', 'Heading', 'Image', 'Badge', 'Icon', 'KeyValue', 'Table', 'List', 'Thumbnail', 'Banner', 'CalloutCard', 'EmptyState', 'Tag', 'SkeletonBodyText', 'DescriptionList',
  'MediaCard', 'FooterHelp', 'Avatar', 'SkeletonPage', 'SkeletonDisplayText', 'SkeletonThumbnail', 'VideoThumbnail', 'ExceptionList',
  'IndexTable', 'DataTable', 'Filters', 'Pagination',
  'TextField', 'TextArea', 'Select', 'Checkbox', 'RadioGroup', 'Toggle', 'DatePicker', 'Autocomplete', 'ColorPicker', 'DropZone', 'RangeSlider',
  'Button', 'Link', 'ActionMenu', 'PageActions', 'ResourceItem', 'ResourceList',
  'Alert', 'Progress', 'Spinner', 'Truncate', 'TextStyle',
  'Modal', 'Drawer', 'Tabs', 'Accordion', 'Popover', 'Tooltip', 'Sheet', 'Scrollable', 'OptionList', 'Listbox',
];

/** Every action. */
export const ACTIONS = [
  'call_backend', 'navigate', 'open_modal', 'open_drawer', 'close_modal', 'close_drawer', 'open_link', 'set_state', 'show_toast', 'copy',
];

/**
 * Returns the name that is closest to what was written.
 *
 * @param {string} written
 * @param {readonly string[]} names
 * @returns {string}
 */
export function nearest(written, names) {
  const wanted = written.slice(0, 40).toLowerCase();
  let best = names[0];
  let least = Infinity;
  for (const name of names) {
    // Of names as far apart, people mean the one that begins like theirs.
    const apart = distance(wanted, name.toLowerCase()) + (wanted[0] === name[0].toLowerCase() ? 0 : 0.5);
    if (apart < least) [best, least] = [name, apart];
  }
  return best;
}

/** How many letters have to be added, dropped or changed to get from a to b. */
function distance(a, b) {
  let above = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    above = row;
  }
  return above[b.length];
}
