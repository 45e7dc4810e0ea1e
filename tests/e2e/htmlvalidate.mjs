// What html-validate asks of every page. A rule that is off says why.
export default {
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: {
    // Safari takes the list out of a list without bullets; saying it again brings it back.
    "no-redundant-role": "off",
    // No native element offers people while one writes a line; and a table that scrolls sideways is reached by keys
    // without being a section of its own.
    "prefer-native-element": ["error", { exclude: ["list", "listbox", "region"] }],
    // A button in a form submits it, by the standard; the others name their type.
    "no-implicit-button-type": "off",
    // A live picture begins by itself, and without sound.
    "no-autoplay": ["error", { include: ["audio"] }],
    // Names on pictures, forms and what script gives a role are heard by every reader we tried.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
  },
};
