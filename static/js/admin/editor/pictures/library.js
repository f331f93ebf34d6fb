// What the library answers: pictures as `row` of pictures/choosing.py writes them.
export const askLibrary = async (address, values) => {
  const answer = await fetch(`${address}?${new URLSearchParams(values)}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return answer.json();
};

export const knownPicture = async (address, id) => (await askLibrary(address, { id })).pictures[0] ?? null;
