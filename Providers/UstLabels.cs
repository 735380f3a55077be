using System.Collections.Frozen;
using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// Finds the currency that a name printed by the US Treasury means on a day: some names outlived a redenomination, several mean one
/// currency.
/// </summary>
internal static class UstLabels
{
    // Code, first day, first day after, labels. Of two labels with a figure for one day, the one that stands first counts.
    private const string Table = """
        AED|||United Arab Emirates-Dirham
        AFN|2003-01-01||Afghanistan-Afghani
        ALL|||Albania-Lek
        AMD|||Armenia-Dram
        ANG|||Netherlands Antilles-Guilder
        AOA|||Angola-Kwanza
        ARS|||Argentina-Peso
        ATS||2002-03-01|Austria-Schilling
        AUD|||Australia-Dollar
        AWG|||Aruba-Florin
        AZM||2006-01-01|Azerbaijan-Second Manat
        AZN|||Azerbaijan-Manat
        BAM|||Bosnia-Marka|Bosnia Hercegovina-Marka
        BBD|||Barbados-Dollar
        BDT|||Bangladesh-Taka
        BEF||2002-03-01|Belgium-Francs
        BGN|||Bulgaria-Lev New
        BHD|||Bahrain-Dinar
        BIF|||Burundi-Franc
        BMD|||Bermuda-Dollar
        BND|||Brunei-Dollar
        BOB|||Bolivia-Boliviano
        BRL|||Brazil-Real
        BSD|||Bahamas-Dollar
        BWP|||Botswana-Pula
        BYN|||Belarus-New Ruble
        BYR||2016-07-01|Belarus-Ruble
        BZD|||Belize-Dollar
        CAD|||Canada-Dollar
        CDF|||Democratic Republic Of Congo-Congolese Franc|Democratic Republic Of Congo-Franc
        CHF|||Switzerland-Franc
        CLP|||Chile-Peso
        CNY|||China-Renminbi
        COP|||Colombia-Peso
        CRC|||Costa Rica-Colon
        CUC|||Cuba-Chavito
        CUP|||Cuba-Peso
        CVE|||Cape Verde-Escudo
        CYP||2008-01-01|Cyprus-Pound
        CZK|||Czech Republic-Koruna
        DEM||2002-03-01|Germany-Mark
        DJF|||Djibouti-Franc
        DKK|||Denmark-Krone
        DOP|||Dominican Republic-Peso
        DZD|||Algeria-Dinar
        EEK||2011-01-01|Estonia-Kroon
        EGP|||Egypt-Pound
        ERN|||Eritrea-Nakfa
        ESP||2002-03-01|Spain-Peseta
        ETB|||Ethiopia-Birr
        EUR|||Euro Zone-Euro
        FIM||2002-03-01|Finland-Markka
        FJD|||Fiji-Dollar
        FRF||2002-03-01|France-Franc
        GBP|||United Kingdom-Pound|United Kingdom-Pound Sterling
        GEL|||Georgia-Lari
        GHC||2007-07-01|Ghana-Second Cedi
        GHS|||Ghana-Cedi
        GHS|2007-07-01|2015-01-01|Ghana-Second Cedi
        GMD|||Gambia-Dalasi
        GNF|||Guinea-Franc
        GRD||2002-03-01|Greece-Drachma
        GTQ|||Guatemala-Quetzal
        GYD|||Guyana-Dollar
        HKD|||Hong Kong-Dollar
        HNL|||Honduras-Lempira
        HRK||2023-01-01|Croatia-Kuna
        HTG|||Haiti-Gourde
        HUF|||Hungary-Forint
        IDR|||Indonesia-Rupiah
        IEP||2002-03-01|Ireland-Pound
        ILS|||Israel-Shekel
        INR|||India-Rupee
        IQD|||Iraq-Dinar
        IRR|||Iran-Rial
        ISK|||Iceland-Krona
        ITL||2002-03-01|Italy-Lira
        JMD|||Jamaica-Dollar
        JOD|||Jordan-Dinar
        JPY|||Japan-Yen
        KES|||Kenya-Shilling
        KGS|||Kyrgyzstan-Som
        KHR|||Cambodia-Riel|Cambodia (Khmer)-Riel
        KMF|||Comoros-Franc
        KRW|||Korea-Won
        KWD|||Kuwait-Dinar
        KYD|||Cayman Islands-Dollar
        KZT|||Kazakhstan-Tenge
        LAK|||Laos-Kip
        LBP|||Lebanon-Pound
        LKR|||Sri Lanka-Rupee
        LRD|||Liberia-Dollar
        LSL|||Lesotho-Maloti
        LTL||2015-01-01|Lithuania-Lita
        LUF||2002-03-01|Luxembourg-Franc
        LVL||2014-01-01|Latvia-Lats
        LYD|||Libya-Dinar
        MAD|||Morocco-Dirham
        MDL|||Moldova-Leu
        MGA|||Madagascar-Ariary
        MKD|||Republic Of North Macedonia-Denar|Macedonia Fyrom-Denar
        MMK|||Burma-Kyat|Myanmar-Kyat|Burma Myanmar-Kyat
        MNT|||Mongolia-Tugrik
        MOP|||Macao-Mop
        MRO|||Mauritania-First Ouguiya
        MRO||2018-06-30|Mauritania-Ouguiya
        MRU|2018-06-30||Mauritania-Ouguiya
        MTL||2008-01-01|Maltese-Lira
        MUR|||Mauritius-Rupee
        MVR|||Maldives-Rufiyaa
        MWK|||Malawi-Kwacha
        MXN|||Mexico-Peso|Mexico-New Peso
        MYR|||Malaysia-Ringgit
        MZN|||Mozambique-Metical
        NAD|||Namibia-Dollar
        NGN|||Nigeria-Naira
        NIO|||Nicaragua-Cordoba
        NLG||2002-03-01|Netherlands-Guilder
        NOK|||Norway-Krone
        NPR|||Nepal-Rupee
        NZD|||New Zealand-Dollar
        OMR|||Oman-Rial
        PEN|||Peru-Sol|Peru-Nuevo Sol
        PGK|||Papua New Guinea-Kina
        PHP|||Philippines-Peso
        PKR|||Pakistan-Rupee
        PLN|||Poland-Zloty
        PTE||2002-03-01|Portugal-Escudo
        PYG|||Paraguay-Guarani
        QAR|||Qatar-Riyal
        ROL||2005-07-01|Romania-Third Leu
        RON|||Romania-New Leu
        RSD|||Serbia-Dinar
        RUB|||Russia-Ruble
        RWF|||Rwanda-Franc
        SAR|||Saudi Arabia-Riyal
        SBD|||Solomon Islands-Dollar
        SCR|||Seychelles-Rupee
        SDG|||Sudan-Pound|Sudan-Sudanese Pound
        SDG|2007-07-01||Sudan-Dinar
        SEK|||Sweden-Krona
        SGD|||Singapore-Dollar
        SIT||2007-01-01|Slovenia-Tolars
        SKK||2009-01-01|Slovak-Korun
        SLE|2022-07-01||Sierra Leone-Leone
        SLL||2022-07-01|Sierra Leone-Leone
        SOS|||Somali-Shilling
        SRD|||Suriname-Dollar
        SRD|2004-07-01||Suriname-Guilder
        SSP|||South Sudan-Sudanese Pound
        STD||2018-01-01|Sao Tome & Principe-Dobras
        STN|||Sao Tome & Principe-New Dobras
        SVC||2015-01-01|El Salvador-Colon
        SYP|||Syria-Pound
        SZL|||Eswatini-Lilangeni|Swaziland-Lilangeni
        THB|||Thailand-Baht
        TJS|||Tajikistan-Somoni
        TMM||2009-01-01|Turkmenistan-Manat
        TMT|||Turkmenistan-New Manat
        TND|||Tunisia-Dinar
        TOP|||Tonga-Pa'Anga
        TRL||2005-01-01|Turkey-Lira
        TRY|||Turkey-New Lira|Turkiye-Lira
        TTD|||Trinidad & Tobago-Dollar
        TWD|||Taiwan-Dollar
        TZS|||Tanzania-Shilling
        UAH|||Ukraine-Hryvnia
        UGX|||Uganda-Shilling
        UYU|||Uruguay-Peso
        UZS|||Uzbekistan-Som
        VEF|||Venezuela-Bolivar
        VEF|2008-01-01||Venezuela-Soberano
        VES|||Venezuela-Bolivar Soberano
        VND|||Vietnam-Dong
        VUV|||Vanuatu-Vatu
        WST|||Western Samoa-Tala
        XAF|||Cameroon-Cfa Franc|Central African Republic-Cfa Franc|Chad-Cfa Franc|Congo-Cfa Franc
        XAF|||Equatorial Guinea-Cfa Franc|Gabon-Cfa Franc
        XCD|||Antigua & Barbuda-East Caribbean Dollar|Grenada-East Caribbean Dollar|St. Lucia-East Caribbean Dollar
        XCG|||Curacao-Caribbean Guilder
        XOF|||Benin-Cfa Franc|Burkina Faso-Cfa Franc|Cote D'Ivoire-Cfa Franc|Guinea Bissau-Cfa Franc|Mali-Cfa Franc|Niger-Cfa Franc
        XOF|||Senegal-Cfa Franc|Togo-Cfa Franc
        YER|||Yemen-Rial
        ZAR|||South Africa-Rand
        ZMK||2013-01-01|Zambia-Kwacha
        ZMW|||Zambia-New Kwacha
        ZWG|||Zimbabwe-Gold
        ZWL|2019-02-22||Zimbabwe-Rtgs
        """;

    private static readonly FrozenDictionary<string, Meaning[]> Labels =
        (from line in Table.Split('\n', StringSplitOptions.TrimEntries)
         let cells = line.Split('|')
         from label in cells[3..]
         select (label, cells))
        .Select((row, rank) => (row.label, Meaning: new Meaning(
            Currency.Parse(row.cells[0]), Bound(row.cells[1], DateOnly.MinValue), Bound(row.cells[2], DateOnly.MaxValue), rank)))
        .GroupBy(row => row.label, row => row.Meaning)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);

    // Countries that use the dollar. Those that use the euro are recognized by the currency's name.
    private static readonly FrozenSet<string> Dollar = new[]
    {
        "Ecuador-Dolares", "El Salvador-Dolares", "El Salvador-Dollar", "Liberia-U.S. Dollar", "Marshall Islands-Dollar",
        "Marshall Islands-U.S. Dollar",
        "Micronesia-Dollar", "Micronesia-U.S. Dollar", "Palau-Dollar", "Republic Of Palau-Dollar", "Panama-Dolares",
        "Timor-Leste Dili", "Timor-Leste-Dili",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The currency that a label means on a day, and its rank among the labels of that currency; null for a country that uses the dollar
    /// or the euro, which have a row of their own.
    /// </summary>
    /// <exception cref="FormatException">The label is not known, or its currency did not exist on that day.</exception>
    public static (Currency Currency, int Rank)? Find(string label, DateOnly asOf)
    {
        var name = label.Trim();
        if (!Labels.TryGetValue(name, out var meanings))
        {
            return Dollar.Contains(name) || name.EndsWith("-Euro", StringComparison.OrdinalIgnoreCase)
                ? null
                : throw new FormatException($"'{name}' is not a known label of the Treasury: add it to the table");
        }

        return Array.Find(meanings, meaning => meaning.From <= asOf && asOf < meaning.Until) is { Currency.IsNone: false } found
            ? (found.Currency, found.Rank)
            : throw new FormatException($"'{name}' means no currency on {asOf.Format()}");
    }

    private static DateOnly Bound(string text, DateOnly open) => text.Length == 0 ? open : DayParser.Parse(text);

    /// <summary>The currency that a printed name means between two days.</summary>
    private readonly record struct Meaning(Currency Currency, DateOnly From, DateOnly Until, int Rank);
}
