import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

/** @typedef {import("../../static/js/studio/look.js").Tried} Tried */

/** As much of an element as the editor touches. */
class Fake extends EventTarget {
  /** @param {string} [tag] */
  constructor(tag = "") {
    super();
    this.tag = tag;
    /** @type {Record<string, string>} */
    this.dataset = {};
    /** @type {Record<string, Fake[]>} */
    this.found = {};
    /** @type {Record<string, string>} */
    this.attributes = {};
    /** @type {(Fake | string)[]} */
    this.children = [];
    this.hidden = true;
    this.textContent = "";
    this.value = "";
    this.placeholder = "";
    this.style = new Worn();
  }
  /** @param {string} selector */
  querySelector(selector) {
    return this.found[selector]?.[0] ?? null;
  }
  /** @param {string} selector */
  querySelectorAll(selector) {
    return this.found[selector] ?? [];
  }
  /** @param {string} name @param {string} value */
  setAttribute(name, value) {
    this.attributes[name] = value;
    if (name === "value") this.value = value;
  }
  /** @param {...(Fake | string)} more */
  append(...more) {
    this.children.push(...more);
  }
  /** @param {...(Fake | string)} more */
  replaceChildren(...more) {
    this.children = more;
  }
  /** @param {Fake} other */
  after(other) {
    this.next = other;
  }
  matches() {
    return false;
  }
  focus() {
    focused = this;
  }
}

/** Properties of an element in the order they were set, as `style` lists them. */
class Worn {
  /** @type {Map<string, string>} */
  all = new Map();
  /** @param {string} name @param {string} value */
  setProperty(name, value) {
    this.all.set(name, value);
  }
  /** @param {string} name */
  removeProperty(name) {
    this.all.delete(name);
  }
  [Symbol.iterator]() {
    return this.all.keys();
  }
}

/** @type {Fake | undefined} */
let focused;
/** @type {string[]} */
let asked = [];
/** @type {Tried[]} */
let answers = [];
/** @type {() => void} */
let later = () => {};

Object.assign(globalThis, {
  Node: Fake,
  window: { setTimeout: (/** @type {() => void} */ work) => ((later = work), 1) },
  document: {
    documentElement: { lang: "en", dataset: {} },
    querySelector: () => null,
    createElement: (/** @type {string} */ tag) => new Fake(tag),
  },
  FormData: class {
    /** @param {any} form */
    constructor(form) {
      this.form = form;
    }
    [Symbol.iterator]() {
      return Object.entries(this.form.fields).map(([name, field]) => [name, /** @type {Fake} */ (field).value])[Symbol.iterator]();
    }
  },
  fetch: async (/** @type {string} */ url) => {
    asked.push(url);
    return Response.json(answers.shift());
  },
});
const script = "../../static/js/studio/look.js";
const { queryOf, tryOn, wear } = await import(script);

/** @param {Record<string, string>} values */
function editorOf(values) {
  const [editor, form, list, refusal] = [new Fake(), new Fake(), new Fake(), new Fake()];
  const [paper, stage, poster, ground] = [new Fake(), new Fake(), new Fake(), new Fake()];
  ground.value = values["ground"] ?? "";
  ground.placeholder = "#f6f2ea";
  const token = new Fake();
  token.value = "secret";
  const fields = { csrfmiddlewaretoken: token, ground };
  Object.assign(form, { fields, elements: { namedItem: (/** @type {string} */ name) => fields[/** @type {"ground"} */ (name)] } });
  ground.addEventListener("input", () => form.dispatchEvent(new Event("input")));
  form.found["[data-colour]"] = [ground];
  paper.dataset = { try: "paper", look: "silk" };
  paper.found[".poster"] = [poster];
  stage.dataset = { try: "stage" };
  editor.dataset["url"] = "/try/";
  Object.assign(editor.found, {
    "[data-look-form]": [form], "[data-look-pairs]": [list], "[data-look-refusal]": [refusal], "[data-try]": [paper, stage],
  });
  tryOn(editor);
  return { form, list, refusal, paper, stage, poster, ground };
}

/** Type into a field and wait for what the server says. @param {Fake} field @param {string} value */
async function type(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("input"));
  await later();
}

const PAIR = { field: "ground", name: "Writing on the ground", ratio: "2.1", least: "4.5", passes: false, offer: "#10203a" };

beforeEach(() => {
  [asked, answers, focused] = [[], [], undefined];
});

test("an element wears what it is lent and nothing it wore before", () => {
  const element = new Fake();
  wear(element, { "--bg": "#ffffff", "--fg": "#000000" });
  wear(element, { "--bg": "#101010" });
  assert.deepEqual([...element.style.all], [["--bg", "#101010"]]);
});

test("the question carries the colours, without spaces, and no secret", () => {
  const data = [["csrfmiddlewaretoken", "secret"], ["do", "save"], ["ground", " #10203a "], ["picture", {}]];
  assert.equal(queryOf(data), "ground=%2310203a");
});

test("what is typed is tried on: page, poster and stage wear what the server says, the saved look is off", async () => {
  const { paper, stage, poster, ground } = editorOf({});
  answers = [{ paper: { "--bg": "#10203a" }, stage: { "--bg": "#000000" }, pairs: [] }];
  await type(ground, "#10203a");
  assert.deepEqual(asked, ["/try/?ground=%2310203a"]);
  assert.deepEqual([paper, poster, stage].map((one) => one.style.all.get("--bg")), ["#10203a", "#10203a", "#000000"]);
  assert.equal(paper.dataset["look"], undefined);
});

test("an answer that comes after another was typed changes nothing", async () => {
  const { paper, ground } = editorOf({});
  answers = [{ paper: { "--bg": "#10203a" }, pairs: [] }];
  ground.value = "#10203a";
  ground.dispatchEvent(new Event("input"));
  const work = later();
  ground.value = "#ffffff";
  await work;
  assert.equal(paper.style.all.size, 0);
});

test("a refusal is said, its pair is told, and the colour it offers is taken by one tap", async () => {
  const { list, refusal, ground } = editorOf({});
  answers = [{ pairs: [PAIR], message: "It takes 4.5." }, { pairs: [] }];
  await type(ground, "#eeeeee");
  assert.deepEqual([refusal.hidden, refusal.textContent], [false, "It takes 4.5."]);
  const [row] = /** @type {Fake[]} */ (list.children);
  const [name, end] = /** @type {Fake[]} */ (row?.children);
  assert.deepEqual(name?.children, ["Writing on the ground"]);
  const [ratio, offer] = /** @type {Fake[]} */ (end?.children);
  assert.deepEqual([ratio?.children, offer?.children], [["2.1 to 1, needs 4.5"], ["Take #10203a"]]);
  offer?.dispatchEvent(new Event("click"));
  await later();
  assert.deepEqual([ground.value, focused, asked.at(-1)], ["#10203a", ground, "/try/?ground=%2310203a"]);
});

test("the colour picker and the line say the same, and an empty line shows what stands there anyway", async () => {
  const { ground } = editorOf({});
  const picker = /** @type {Fake} */ (ground.next);
  assert.equal(picker.value, "#f6f2ea");
  answers = [{ pairs: [] }, { pairs: [] }];
  await type(ground, "#AABBCC");
  assert.equal(picker.value, "#aabbcc");
  picker.value = "#010203";
  picker.dispatchEvent(new Event("input"));
  assert.equal(ground.value, "#010203");
});
