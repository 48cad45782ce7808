// data-rates: the rate that was last used for a currency is proposed when that currency is chosen, and the fields of the
// rate are out of the way while it is the company's own. What somebody typed is left as it is.
import { behave } from "./behave.js"

behave("[data-rates]", (place, signal) => {
  const rates = JSON.parse(place.dataset.rates)
  const [currency, rate, day] = ["currency", "rate", "rate_on"].map((name) => place.querySelector(`[name=${name}]`))
  let proposed = [rate.value, day.value]

  function settle() {
    const own = currency.value === place.dataset.companyCurrency
    for (const field of [rate, day]) field.closest(".field").hidden = own
    if (rate.value !== proposed[0] || day.value !== proposed[1]) return
    proposed = (!own && rates[currency.value]) || ["", ""]
    rate.value = proposed[0]
    day.value = proposed[1]
  }

  currency.addEventListener("change", settle, { signal })
  for (const field of [rate, day]) {
    field.closest(".field").hidden = currency.value === place.dataset.companyCurrency
  }
})
