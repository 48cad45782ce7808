// What the browser does beyond HTML: one small module for each behaviour.
import "./htmx.js"
