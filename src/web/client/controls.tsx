/** What every part of the kitchen is built of: buttons that work once at a time, alerts, fields, moments. They call no API. */
import type { ComponentChildren, TargetedEvent, TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { formatTime } from "./time-element.ts";

const BUTTON_CLASSES = {
  primary: "button button-primary",
  /** Does what cannot be undone. */
  alert: "button button-alert",
  plain: "button",
  quiet: "quiet-link",
  /** Below a list that is cut short. */
  more: "button show-more",
};

/** Who may do it; a rule in `admin-tools.css` takes it from everybody else's page. */
export type Needs = "admin" | "review";

interface ButtonProps {
  readonly kind?: keyof typeof BUTTON_CLASSES;
  /** Where the words alone do not say to what they belong. */
  readonly label?: string;
  readonly needs?: Needs | undefined;
  readonly hidden?: boolean;
  /** Whether what it opens is open. */
  readonly isExpanded?: boolean;
  /** The id of what it opens. */
  readonly controls?: string;
  /** Whether what it switches is on. */
  readonly isPressed?: boolean;
  /** Does nothing, and keeps the focus. */
  readonly isDisabled?: boolean;
  /** Takes the focus when it appears. */
  readonly isFocused?: boolean;
  /** While a promise that it gives back is open, further clicks do nothing. Gets the button, for what gives the focus back to it. */
  readonly onClick: (button: HTMLButtonElement) => unknown;
  readonly children: ComponentChildren;
}

/** A button that submits nothing; it keeps its focus and its place while it works. */
export function Button(props: ButtonProps) {
  const {
    kind = "plain",
    label,
    needs,
    hidden,
    isExpanded,
    controls,
    isPressed,
    isDisabled,
    isFocused,
    onClick,
    children,
  } = props;
  const [isBusy, setBusy] = useState(false);
  const press = async (event: TargetedEvent<HTMLButtonElement>) => {
    if (isBusy || isDisabled) return;
    setBusy(true);
    await onClick(event.currentTarget);
    setBusy(false);
  };
  return (
    <button
      type="button"
      class={BUTTON_CLASSES[kind]}
      data-needs={needs}
      hidden={hidden}
      aria-label={label}
      aria-expanded={isExpanded}
      aria-controls={controls}
      aria-pressed={isPressed}
      aria-disabled={isBusy || isDisabled}
      aria-busy={isBusy}
      ref={isFocused ? takeFocus : null}
      onClick={press}
    >
      {children}
    </button>
  );
}

/** As a `ref`: the element has the focus as soon as it is there. */
export function takeFocus(element: HTMLElement | null): void {
  element?.focus();
}

/** As a `ref`: what stands in the field is marked, so that typing replaces it. */
export function selectText(field: HTMLInputElement | null): void {
  field?.select();
}

interface AlertProps {
  /** What screen readers say at once; nothing where it is empty. */
  readonly text: string;
  /** Buttons below. */
  readonly children?: ComponentChildren;
}

/** Stands in the page before there is anything to say, as screen readers want it. */
export function Alert({ text, children }: AlertProps) {
  return (
    <div role="alert">
      {text !== "" && (
        <div class="notice notice-alert">
          <p>{text}</p>
          {children && <div class="button-row">{children}</div>}
        </div>
      )}
    </div>
  );
}

interface FieldProps {
  readonly name: string;
  readonly hidden?: boolean;
  readonly children: ComponentChildren;
}

/** A control with its name above. */
export function Field({ name, hidden, children }: FieldProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is its child
    <label class="field" hidden={hidden}>
      <span class="field-name">{name}</span>
      {children}
    </label>
  );
}

interface FormProps {
  readonly class: string;
  /** Who it is for, where that is not everybody who sees what is around it. */
  readonly needs?: Needs;
  readonly submit: string;
  /** Of what cannot be undone. */
  readonly isAlert?: boolean;
  /** Gives back why it was refused, or nothing; asked once at a time. */
  readonly save: (fields: FormData) => Promise<string>;
  /** Puts the form away; a form for new ones stays, and is emptied once something is saved. */
  readonly onLeave?: (() => void) | undefined;
  /** What the button for that says. */
  readonly leave?: string;
  readonly children: ComponentChildren;
}

/** What was refused stays in the form, with the reason below. Escape leaves it. */
export function Form({ class: name, needs, submit, isAlert, save, onLeave, leave, children }: FormProps) {
  const [refused, refuse] = useState("");
  const [isBusy, setBusy] = useState(false);
  const send = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (isBusy) return;
    setBusy(true);
    const reason = await save(new FormData(form));
    setBusy(false);
    refuse(reason);
    if (reason === "") form.reset();
  };
  return (
    <form
      class={name}
      data-needs={needs}
      aria-busy={isBusy}
      onSubmit={send}
      onKeyDown={({ key }) => key === "Escape" && onLeave?.()}
    >
      {children}
      <div class="button-row">
        <button type="submit" class={BUTTON_CLASSES[isAlert ? "alert" : "primary"]}>
          {submit}
        </button>
        {onLeave && <Button onClick={onLeave}>{leave ?? kitchen.frame.leaveIt}</Button>}
      </div>
      <Alert text={refused} />
    </form>
  );
}

/** What a form has in a field, without the space around it. */
export function readText(fields: FormData, name: string): string {
  return String(fields.get(name)).trim();
}

/** A moment in ISO 8601, as people write it. */
export function Moment({ iso }: { readonly iso: string }) {
  return <time dateTime={iso}>{formatTime(iso)}</time>;
}
