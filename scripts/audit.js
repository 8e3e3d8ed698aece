// Asks axe-core, which stands before this in one file, what is wrong with the
// page that is shown. scripts/audit puts the two together.
globalThis.audit = async () => {
  scrollTo(0, 0); // what the bar covers while one scrolls is no finding
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ['violations'], iframes: false });
  return violations.map(({ id, impact, help, nodes }) => ({
    rule: id, impact, help,
    elements: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary.split('\n').slice(1).map((line) => line.trim()).join(' ')}`),
  }));
};
