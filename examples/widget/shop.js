// What a shop may do with an answer: the event carries what the API answered, best first.
document.addEventListener("headstart-answer", ({ detail }) => {
  const [best] = detail.predictions;
  const isSure = best !== undefined && !detail.unknown && !detail.undecided;
  document.querySelector("#basket").textContent = isSure ? `Order ${best.name}?` : "";
});
