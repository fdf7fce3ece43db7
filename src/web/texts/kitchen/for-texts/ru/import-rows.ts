/** The rows of an import and why where texts are read, in Russian. */
import { createRowWords, KIND_WORDS, rowTexts } from "../../ru/import-rows.ts";

export const describeRow = createRowWords(
  { ...KIND_WORDS, class: "тема", example: "текст с меткой", picture: "начало текста" },
  {
    ...rowTexts,
    names_unknown_item: () => "в ней названа тема, которой здесь нет",
    has_another_state: () => "здесь у темы другое состояние",
    is_named_otherwise: ({ name }) => `здесь эта тема называется «${name}» или описана иначе`,
    was_deleted_there: () => "там тема удалена",
    name_is_of_another: ({ id }) => `такое название уже у темы «${id}», переименуйте одну из них`,
    is_forgotten_here: ({ theirs }) => `здесь текст забыт, а там на нём метка «${theirs}»`,
    is_labelled_otherwise: ({ ours, theirs }) => `здесь на тексте метка «${ours}», а там «${theirs}»`,
    photo_is_forgotten: () => "её текст здесь забыт",
    was_forgotten_there: () => "там текст забыт",
    pictures_are_not_kept: () => "тексты здесь не хранятся",
    example_is_missing: () => "её текста с меткой здесь нет",
    item_is_missing: ({ id }) => `здесь нет темы «${id}»`,
  },
);
