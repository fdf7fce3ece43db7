/** The rows of an import and the API's reasons where texts are read, in Russian. */
import { createRowWords, KIND_WORDS, REASONS } from "../../ru/import-rows.ts";

export const describeRow = createRowWords({ ...KIND_WORDS, class: "тема", example: "текст с меткой" }, [
  [/it names an item that is not here/, () => "в ней названа тема, которой здесь нет"],
  [/it has another state here/, () => "здесь у темы другое состояние"],
  [
    /it is named "(.+)" here, or described otherwise/s,
    (name) => `здесь эта тема называется «${name}» или описана иначе`,
  ],
  [
    /the item "(.+)" has this name; rename one of them/s,
    (id) => `такое название уже у темы «${id}», переименуйте одну из них`,
  ],
  [/it is forgotten here and (.+) there/s, (theirs) => `здесь текст забыт, а там на нём метка «${theirs}»`],
  [/it is (.+) here and (.+) there/s, (ours, theirs) => `здесь на тексте метка «${ours}», а там «${theirs}»`],
  [/there is no item "(.+)" here/s, (id) => `здесь нет темы «${id}»`],
  ...REASONS,
]);
