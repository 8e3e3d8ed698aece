/** The rows of the page's list that are selected; of: what they are, '' on a page without such a list. */
export const selection = { of: '', ids: /** @type {number[]} */ ([]) };
