/** What is read and not changed: a small table of figures whose rows have a name each, and a command as it is typed. */
import type { ComponentChildren } from "preact";

interface FiguresProps {
  readonly title?: string;
  readonly heads: readonly string[];
  /** The name first. */
  readonly rows: readonly (readonly ComponentChildren[])[];
  readonly class?: string;
}

/** A table; its title is for those who cannot see what stands around it. */
export function Figures({ title, heads, rows, class: more = "" }: FiguresProps) {
  return (
    <table class={`figures-table ${more}`} aria-label={title}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th scope="col" key={head}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ...cells], at) => (
          <tr key={at}>
            <th scope="row">{name}</th>
            {cells.map((cell) => (
              <td>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** For whoever looks after the deployment. */
export function CommandLine({ children }: { readonly children: string }) {
  return (
    <p class="command">
      <code>{children}</code>
    </p>
  );
}
