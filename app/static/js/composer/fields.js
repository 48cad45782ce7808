// Fields that name people, tags or accounts complete them as texts do: <div data-completes data-complete-url> around one.
import { behave } from "../behave.js"
import { complete } from "./completion.js"

behave("[data-completes]", (field, signal) => complete(field, field.querySelector("input, textarea"), signal))
