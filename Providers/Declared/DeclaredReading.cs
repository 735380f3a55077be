namespace Rates.Providers;

/// <summary>The formats in which the source of a declared provider may answer, such as CSV and XML.</summary>
public enum SourceFormat
{
    /// <summary>Not stated.</summary>
    None,

    /// <summary>JSON; parts are found by paths.</summary>
    Json,

    /// <summary>XML; parts are found by XPath, and names have no prefixes.</summary>
    Xml,

    /// <summary>CSV; parts are found by the names of columns.</summary>
    Csv,

    /// <summary>HTML; parts are found by CSS selectors and columns of tables.</summary>
    Html,
}

/// <summary>Which side of the currency pair the currency in a declared provider's row is: base or quote.</summary>
public enum RowSide
{
    /// <summary>Not stated.</summary>
    None,

    /// <summary>1 of the row's currency = rate of the other one.</summary>
    Base,

    /// <summary>1 of the other currency = rate of the row's.</summary>
    Quote,
}

/// <summary>
/// The settings that say how the source of a declared provider is asked and its answers are read: the section <c>read</c> of the
/// declaration.
/// </summary>
/// <remarks>
/// A cell is the place of one value: of a JSON path, an XPath, a column or a selector, as the format has it. <c>=text</c> is that text
/// itself, <c>/regex/</c> the first group of the expression in the whole body. <c>?</c> at the end allows that the cell is not there.
/// </remarks>
public sealed record DeclaredReading
{
    /// <summary>What the answers are written in.</summary>
    public SourceFormat Format { get; init; }

    /// <summary>
    /// Requests relative to the block's address: <c>{date}</c>, <c>{month}</c>, <c>{year}</c> ask once for each of them, <c>{from}</c> and
    /// <c>{to}</c> for a window, <c>{key}</c> stands for the key; a format follows a colon, as in <c>{date:yyyyMMdd}</c>.
    /// </summary>
    public string[] Requests { get; init; } = [];

    /// <summary>Body of a POST, with the same placeholders; empty for a GET.</summary>
    public string Body { get; init; } = "";

    /// <summary>Content type of <see cref="Body"/>.</summary>
    public string ContentType { get; init; } = "application/x-www-form-urlencoded";

    /// <summary>Where the rows are. In CSV, empty for lines and <c>*</c> for every cell below a column that is a currency.</summary>
    public string Rows { get; init; } = "";

    /// <summary>Cell of the row's currency; empty where <see cref="Pair"/> is given.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Cell of the other currency; empty for the block's pivot.</summary>
    public string Against { get; init; } = "";

    /// <summary>Cell of both currencies, such as <c>EUR/USD</c>; empty where <see cref="Currency"/> is given.</summary>
    public string Pair { get; init; } = "";

    /// <summary>Which side the row's currency is; not needed with <see cref="Pair"/>.</summary>
    public RowSide Direction { get; init; }

    /// <summary>Cell of the figure, of the block's kind; empty where <see cref="Rates"/> is given.</summary>
    public string Rate { get; init; } = "";

    /// <summary>Cells of several figures, by their kinds, such as <c>bid</c> and <c>ask</c>.</summary>
    public Dictionary<string, string> Rates { get; init; } = [];

    /// <summary>Units that the figure is for: a number, or a cell.</summary>
    public string Units { get; init; } = "1";

    /// <summary>
    /// Cell of the day; <c>response</c> for the day of receipt in the source's zone, <c>request</c> for the day that was asked for.
    /// </summary>
    public string Date { get; init; } = "";

    /// <summary>How the day is written; <c>unix</c> for seconds since 1970.</summary>
    public string DateFormat { get; init; } = "yyyy-MM-dd";

    /// <summary>
    /// Regular expression over the currency's text: a row that it does not match is no rate. Its first group is the label; groups
    /// called <c>code</c>, <c>units</c>, <c>base</c> and <c>quote</c> give these.
    /// </summary>
    public string Pick { get; init; } = "";

    /// <summary>What the source calls currencies, by name, where it does not print their codes.</summary>
    public Dictionary<string, string> Codes { get; init; } = [];

    /// <summary>How numbers are written.</summary>
    public NumberForm Numbers { get; init; } = NumberForm.Point;

    /// <summary>Texts that stand for a figure that is not quoted, besides blank ones; <c>0</c> for zeros of any form.</summary>
    public string[] Blank { get; init; } = [];

    /// <summary>Regular expression that only a body without any rate matches; empty when there is always one.</summary>
    public string NoData { get; init; } = "";

    /// <summary>Of CSV: what parts the columns; one character, or <c>tab</c>.</summary>
    public string Delimiter { get; init; } = ",";

    /// <summary>Of CSV: a name in the header row; empty for the first row, <c>none</c> where there is no header.</summary>
    public string Header { get; init; } = "";

    /// <summary>Of HTML: how many of the first rows are left out.</summary>
    public int Skip { get; init; }

    /// <summary>Charset of bodies that state none; UTF-8 unless given.</summary>
    public string Charset { get; init; } = "";
}
