import { createServer } from "node:http";
import { answer } from "./answer.js";

const port = Number(process.env.PORT ?? 8080);
createServer(answer).listen(port);
