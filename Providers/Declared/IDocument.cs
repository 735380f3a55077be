namespace Rates.Providers;

/// <summary>Reads the rows of a source's answers in one format, for providers that are declared without code.</summary>
internal interface IDocumentReader
{
    /// <summary>What is wrong with a cell; null when it can be used.</summary>
    string? Problem(string cell);

    /// <summary>The rows of a body; each is left out by itself when it cannot be read.</summary>
    /// <exception cref="FormatException">The rows are not where they should be; the message says what is there.</exception>
    RowQuery<IDocumentRow> Rows(ProviderBody body);
}

/// <summary>One row of a source's answer, whose cells are read by the expressions of a declaration.</summary>
internal interface IDocumentRow
{
    /// <summary>The value of a cell.</summary>
    /// <exception cref="FormatException">The row has no such cell.</exception>
    CellValue Read(string cell);
}

/// <summary>The value of one cell of a source's answer.</summary>
/// <param name="Text">As it is written; empty for null.</param>
/// <param name="IsNumber">True for a number of JSON, which may have an exponent.</param>
internal readonly record struct CellValue(string Text, bool IsNumber = false);
