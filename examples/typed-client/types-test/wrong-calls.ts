/** Calls that are wrong in one way each. Nobody runs them: `npm run check` fails where the compiler accepts one. */
import { createHeadstart, HeadstartProblem, need, needOne, toForm } from "@headstart/client";
import { prepareOnDevice } from "@headstart/client/on-device";

const headstart = createHeadstart("http://127.0.0.1:8787", { key: undefined, maxAttempts: 2 });
const { api } = headstart;
const image = new File([], "pizza.jpg");

export async function callWrongly(): Promise<void> {
  await api.GET("/v1/menu");
  // @ts-expect-error -- no such path
  await api.GET("/v1/menus");
  // @ts-expect-error -- the path has no such method
  await api.DELETE("/v1/menu");
  // @ts-expect-error -- an item needs a name
  await api.POST("/v1/admin/classes", { body: { title: "Four Cheese" } });
  // @ts-expect-error -- a name is a text
  await api.POST("/v1/admin/classes", { body: { name: 4 } });
  // @ts-expect-error -- the id is missing in the path
  await api.DELETE("/v1/admin/classes/{id}");
  // @ts-expect-error -- roles are a closed list
  await api.POST("/v1/admin/keys", { body: { name: "till", role: "owner" } });
  // @ts-expect-error -- a head has a number
  await api.POST("/v1/classify", { params: { query: { head: "live" } }, body: { image }, bodySerializer: toForm });
  // @ts-expect-error -- a photo is a file, not its path
  await api.POST("/v1/classify", { body: { image: 4 }, bodySerializer: toForm });

  const answer = await api.POST("/v1/classify", { body: { image }, bodySerializer: toForm });
  // @ts-expect-error -- a list of texts is answered by a list
  console.log(need(answer).predictions);
  // @ts-expect-error -- there may be a problem instead of an answer
  console.log(answer.data.predictions);
  // @ts-expect-error -- an answer has no such field
  console.log(needOne(answer).label);
  // @ts-expect-error -- a score is a number
  console.log(needOne(answer).predictions[0]?.score.trim());
  // @ts-expect-error -- the problems of an operation are a closed list
  console.log(answer.error?.code === "class_exists");

  const said = await headstart.classify(image, { query: { top_k: 3 } });
  // @ts-expect-error -- the query has no such field
  await headstart.classify(image, { query: { topK: 3 } });
  // @ts-expect-error -- a photo is a Blob, not its address
  await headstart.classify(new URL("https://menu.example/pizza.jpg"));
  // @ts-expect-error -- a correction names an item
  await headstart.correct(said);
  const problem = new HeadstartProblem(0, "no_head", "", null);
  // @ts-expect-error -- the codes of all problems are a closed list
  console.log(problem.code === "no_heads");
  const device = await prepareOnDevice(headstart, { onProgress: (share) => console.log(share.toFixed(2)) });
  // @ts-expect-error -- an embedding is asked about, not shown
  console.log((await device.embed(image)).predictions);
}
