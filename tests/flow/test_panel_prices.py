"""Rates and price indices in panels: a column for each index, none added up."""

from __future__ import annotations

from comity.flow import PanelRows
from tests.flow.panel_files import panel

WDI = """Country Name,Country Code,Indicator Name,Indicator Code,2015,2016
India,IND,GDP deflator (base year varies by country),NY.GDP.DEFL.ZS,121.1,125.0
India,IND,Consumer price index (2010 = 100),FP.CPI.TOTL,148.6,155.9
India,IND,"Official exchange rate (LCU per US$, period average)",PA.NUS.FCRF,64.15,67.20
"""


def test_each_price_index_has_a_column_of_its_own() -> None:
    """The deflator and the consumer prices of one source stand side by side, and the rate as its publisher gives it."""
    rows = PanelRows((2016, 2016), by_state=True, states=("IND",))
    (row,) = panel({"wdi": WDI}, rows, ["prices", "exchange-rates"]).to_dict("records")
    assert row == {
        "year": 2016,
        "code": "IND",
        "cow": 750,
        "price_index_wdi_2010_consumer_prices": 155.9,
        "price_index_wdi_gdp_deflator": 125.0,
        "exchange_rate_wdi": 67.2,
    }
