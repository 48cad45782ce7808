// data-rates: the rate that was last used for a currency is proposed when that currency is chosen, and the fields of the
// rate are out of the way while it is the company's own. What somebody typed is left as it is.
import { behave } from "./behave.js"

class Rates {
  constructor(place, signal) {
    const [currency, rate, day] = ["currency", "rate", "rate_on"].map((name) => place.querySelector(`[name=${name}]`))
    Object.assign(this, { place, currency, rate, day, known: JSON.parse(place.dataset.rates) })
    this.proposed = this.known[currency.value] ?? ["", ""]
    currency.addEventListener("change", () => this.propose(), { signal })
    this.makeRoom()
  }

  get isOwn() {
    return this.currency.value === this.place.dataset.companyCurrency
  }

  makeRoom() {
    const parts = [this.rate.closest(".field"), this.day.closest(".field"), this.place.querySelector("[data-rates-said]")]
    for (const part of parts) if (part) part.hidden = this.isOwn
  }

  propose() {
    this.makeRoom()
    const [rate, day] = this.proposed
    const untouched = (!this.rate.value && !this.day.value) || (this.rate.value === rate && this.day.value === day)
    if (!untouched) return
    this.proposed = (!this.isOwn && this.known[this.currency.value]) || ["", ""]
    this.rate.value = this.proposed[0]
    this.day.value = this.proposed[1]
  }
}

behave("[data-rates]", (place, signal) => new Rates(place, signal))
