/** Counts visits: the smallest thing that shows reading and writing, to be replaced by what the service is for. */
export function createVisits(database) {
  return {
    async count() {
      const { rows } = await database.query("update visits set count = count + 1 returning count");
      return Number(rows[0].count);
    },
  };
}
