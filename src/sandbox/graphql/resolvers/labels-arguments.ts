import type { Paging } from "../connect.ts";
import type { Order } from "./order.ts";

export type LabelsArguments = Paging & { readonly query?: string | null; readonly orderBy?: Order | null };
