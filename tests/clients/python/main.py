"""Asks a running server with the generated client, and prints what it says."""

import datetime
import sys

from generated import Client, CompanyFilter, CooperationStage, TextFilter

client = Client(url=sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080/graphql")

agreement = client.deal("2017-nokia-xiaomi", CooperationStage.EXPLORING)
assert agreement is not None
day: datetime.date | None = agreement.announced_on
print(f"{day:%d %B %Y}: {agreement.title}")
for cooperation in agreement.cooperations.nodes:
    print(f"- {cooperation.area.name}")

found = client.companies(CompanyFilter(name=TextFilter(startsWith="xiao")), first=1)
print("Xiao…:", ", ".join(company.name for company in found.nodes))
