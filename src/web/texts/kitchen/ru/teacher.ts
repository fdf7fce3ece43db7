/** What the teacher said, in Russian. */
import type { TeacherTexts } from "../en/teacher.ts";
import { count } from "./words.ts";

export const teacher: TeacherTexts = {
  title: "Учитель",
  note: "Большая модель, которую я спрашиваю, когда не хватает уверенности. Иногда она ошибается, поэтому ваши метки важнее.",
  asking: (model) => `Я спрашиваю ${model} о том, в чём уверенности меньше всего.`,
  resting: (agreed, of) =>
    `Учитель отдыхает: из последних ответов (${of}) с моими совпали ${agreed}, и учиться у него почти нечему. Иногда я всё же спрашиваю, чтобы заметить перемены.`,
  calls: (calls, budget) => `Вопросов сегодня: ${calls} из ${budget}.`,
  callsBeforeRest: (calls, budget) =>
    `Вопросов сегодня: ${calls}. Пока учитель отдыхает, их не больше ${budget} в день.`,
  failed: (faults, calls) => `Вопросов, оставшихся в последнее время без ответа: ${faults} из ${calls}.`,
  saidNothing: "Учитель пока ничего не сказал.",
  checked: (answers, judged, overruled) =>
    judged === 0
      ? `Ответов: ${answers}. Их пока никто не проверял.`
      : `Ответов: ${answers}. Из них люди проверили ${judged} и ${overruled === 0 ? "согласны со всеми" : `не согласились с ${overruled}`}.`,
  lately: "Последние ответы учителя",
  sure: (share) => `уверенность ${share}`,
  peopleAgree: "Люди ответили так же.",
  peopleSay: (name) => `Люди ответили: «${name}».`,
  copy: "О чём спросили учителя",
  noCopy: "Копии не осталось",
  forget: {
    button: "Забыть всё, что сказал учитель",
    question:
      "Все ответы учителя исчезнут навсегда, и следующее обучение создаст версию без них. Ваши метки останутся. О том, что ещё неясно, я могу спросить снова.",
    yes: "Забыть всё",
    done: (answers) => `Забыто: ${count(answers, { one: "ответ", few: "ответа", many: "ответов", other: "ответа" })}.`,
  },
};
