"""Write the table of countries and territories: ISO 3166 codes, names of CLDR, our words over them.

    python tools/countries.py

CLDR's Vietnamese names are not always those of Vietnamese officials; `OVERRIDES` are. `ALIASES` are other
ways in which plans and sheets write a country.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from babel import Locale

TARGET = Path(__file__).resolve().parents[1] / "src/nhipcau/apps/reference/data/countries.csv"
# What CLDR lists beside ISO 3166-1: exceptional reservations, groups, private use.
NOT_ISO = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"]
)
OVERRIDES = {
    "AE": ("Các Tiểu vương quốc Ả Rập Thống nhất", ""),
    "AU": ("Úc", ""),
    "BQ": ("Caribe Hà Lan", ""),
    "CD": ("Cộng hòa Dân chủ Công-gô", "Democratic Republic of the Congo"),
    "CG": ("Cộng hòa Công-gô", "Republic of the Congo"),
    "CI": ("Bờ Biển Ngà", "Côte d'Ivoire"),
    "FK": ("Quần đảo Falkland (Malvinas)", "Falkland Islands (Malvinas)"),
    "GB": ("Anh", ""),
    "HK": ("Hồng Công (Trung Quốc)", "Hong Kong (China)"),
    "IT": ("Ý", ""),
    "KP": ("Triều Tiên", "North Korea"),
    "MM": ("Mi-an-ma", "Myanmar"),
    "MO": ("Ma Cao (Trung Quốc)", "Macao (China)"),
    "PS": ("Pa-le-xtin", "Palestine"),
    "TW": ("Đài Loan (Trung Quốc)", "Taiwan (China)"),
    "VA": ("Va-ti-căng", "Vatican City"),
}
ALIASES = {
    "AE": "UAE; Dubai",
    "AT": "Cộng hòa Áo",
    "AU": "Australia; Ô-xtrây-li-a; Ôxtrâylia; Châu Úc",
    "BE": "Vương quốc Bỉ; Bỉ quốc",
    "CA": "Ca-na-đa; Gia Nã Đại",
    "CH": "Thuỵ Sĩ; Thụy Sỹ; Thuỵ Sỹ",
    "CI": "Côte d’Ivoire; Cốt Đi-voa; Côte d'Ivoire; Ivory Coast",
    "CN": "Cộng hòa Nhân dân Trung Hoa; CHND Trung Hoa; Trung Hoa",
    "CZ": "Cộng hòa Séc; CH Séc; Tiệp; Tiệp Khắc",
    "DE": "CHLB Đức; Cộng hòa Liên bang Đức; Liên bang Đức",
    "DK": "Vương quốc Đan Mạch",
    "ES": "Tây Ban Nha; Vương quốc Tây Ban Nha",
    "FI": "Cộng hòa Phần Lan",
    "FR": "Cộng hòa Pháp; Pháp quốc",
    "GB": "Vương quốc Anh; Anh Quốc; UK; Liên hiệp Anh; Vương quốc Liên hiệp Anh và Bắc Ireland",
    "HK": "Hồng Kông; Hong Kong; Hương Cảng; Đặc khu hành chính Hồng Công",
    "HU": "Hung-ga-ri; Hung",
    "IE": "Ai-len",
    "IL": "I-xra-en",
    "IN": "Cộng hòa Ấn Độ",
    "IT": "Italia; I-ta-li-a; Italy",
    "JP": "Nhật",
    "KH": "Cam-pu-chia; Căm-pu-chia; Kampuchea; Cao Miên; Vương quốc Campuchia",
    "KP": "CHDCND Triều Tiên; Bắc Triều Tiên; Cộng hòa Dân chủ Nhân dân Triều Tiên",
    "KR": "Nam Hàn; Đại Hàn; Nam Triều Tiên; Korea; Đại Hàn Dân Quốc; Cộng hòa Hàn Quốc; ROK",
    "LA": "CHDCND Lào; Cộng hòa Dân chủ Nhân dân Lào; Ai Lao",
    "MM": "Myanmar; Miến Điện; Mianma; Burma",
    "MN": "Mông-cổ",
    "MO": "Macao; Macau; Ma Cao; Áo Môn",
    "MY": "Ma-lai-xi-a; Mã Lai",
    "NL": "Hoà Lan; Hòa Lan; Vương quốc Hà Lan; Holland",
    "NO": "Vương quốc Na Uy",
    "NZ": "Niu Di-lân; Tân Tây Lan",
    "PH": "Phi-líp-pin; Phi Luật Tân; Philippin",
    "PL": "Cộng hòa Ba Lan",
    "PS": "Palestine; Nhà nước Pa-le-xtin; Lãnh thổ Palestine",
    "RO": "Ru-ma-ni; Rumani",
    "RU": "Liên bang Nga; LB Nga; Liên Bang Nga; Nga Xô; Russian Federation",
    "SA": "Ả-rập Xê-út; Ả Rập Saudi; Arập Xêút",
    "SE": "Thuỵ Điển; Vương quốc Thụy Điển",
    "SG": "Xinh-ga-po; Sing; Tân Gia Ba",
    "SK": "Xlô-va-ki-a; Slovakia; Cộng hòa Slovakia",
    "TH": "Thái; Vương quốc Thái Lan",
    "TL": "Đông Timor; Đông Ti-mo",
    "TR": "Thổ Nhĩ Kì; Turkey",
    "TW": "Đài Loan; Đài Bắc; Taiwan; Trung Quốc (Đài Loan)",
    "UA": "U-crai-na; Ucraina; Ukraina",
    "US": "Mỹ; USA; Hợp chủng quốc Hoa Kỳ; Hợp chúng quốc Hoa Kỳ; Huê Kỳ; Hoa Kì; Nước Mỹ; U.S.; America",
    "VA": "Vatican; Tòa thánh Vatican; Tòa Thánh",
    "VN": "Việt Nam; CHXHCN Việt Nam",
    "ZA": "Cộng hòa Nam Phi",
}
CLDR = "ISO 3166-1; tên theo Unicode CLDR"
OURS = "ISO 3166-1; tên theo cách gọi hành chính của Việt Nam"


def table() -> list[tuple[str, str, str, str, str]]:
    """Code, Vietnamese and English name, other names, source; by code."""
    vietnamese, english = Locale("vi").territories, Locale("en").territories
    codes = sorted(code for code in vietnamese if re.fullmatch("[A-Z]{2}", code) and code not in NOT_ISO)
    found = []
    for code in codes:
        ours, ours_en = OVERRIDES.get(code, ("", ""))
        found.append(
            (
                code,
                ours or vietnamese[code],
                ours_en or english[code].replace("’", "'"),
                ALIASES.get(code, ""),
                OURS if ours else CLDR,
            )
        )
    return found


def main() -> None:
    with TARGET.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(("code", "name", "name_en", "aliases", "source"))
        writer.writerows(table())


if __name__ == "__main__":
    main()
