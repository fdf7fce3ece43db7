/** An address and what it is told, as a form: for a new one, and for one that is being changed. */
import { useState } from "preact/hooks";
import { MAX_ADDRESS_CHARACTERS } from "../../shared/webhook-address.ts";
import { WEBHOOK_EVENTS } from "../../shared/webhook-events.ts";
import type { WebhookTexts } from "../texts/kitchen/en/webhooks.ts";
import { Field, Form, readText, selectText } from "./controls.tsx";
import type { WebhookChoice } from "./webhook-api.ts";

interface WebhookFormProps {
  readonly texts: WebhookTexts;
  /** What it shows at first. */
  readonly choice: WebhookChoice;
  readonly submit: string;
  /** Gives back why it was refused, or nothing. */
  readonly save: (choice: WebhookChoice) => Promise<string>;
  /** Puts the form away; a form for new ones stays. */
  readonly onLeave?: () => void;
}

export function WebhookForm({ texts, choice, submit, save, onLeave }: WebhookFormProps) {
  const [asksHowMany, askHowMany] = useState(choice.events.includes("queue.long"));
  const read = async (fields: FormData) => {
    const events = fields.getAll("event").map(String);
    if (events.length === 0) return texts.noEvents;
    return save({ url: readText(fields, "url"), events, queueAbove: Number(fields.get("many")) });
  };
  return (
    <Form class="webhook-form" submit={submit} save={read} onLeave={onLeave}>
      <Field name={texts.address}>
        <input
          {...{ type: "url", name: "url", inputMode: "url", maxLength: MAX_ADDRESS_CHARACTERS, required: true }}
          {...{ placeholder: texts.example, defaultValue: choice.url, autocomplete: "off", spellcheck: false }}
          ref={onLeave ? selectText : null}
        />
      </Field>
      <fieldset>
        <legend class="field-name">{texts.tellWhen}</legend>
        {WEBHOOK_EVENTS.map((event) => (
          <label class="choice" key={event}>
            <input
              {...{ type: "checkbox", name: "event", value: event, defaultChecked: choice.events.includes(event) }}
              onChange={({ currentTarget: { checked } }) => {
                if (event === "queue.long") askHowMany(checked);
              }}
            />{" "}
            {texts.events[event]}
          </label>
        ))}
      </fieldset>
      <Field name={texts.queueAbove} hidden={!asksHowMany}>
        <input
          {...{ type: "number", name: "many", min: 1, max: 1999, required: true, defaultValue: choice.queueAbove }}
        />
      </Field>
    </Form>
  );
}
