using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using Rates.Core;

namespace Rates.Api;

/// <summary>Writes files of euro reference rates in the form in which the European Central Bank publishes them.</summary>
internal static class EcbFiles
{
    /// <summary>The XML file.</summary>
    /// <param name="sender">The name of the publisher.</param>
    /// <param name="days">Newest first.</param>
    public static byte[] Xml(string sender, IReadOnlyList<EcbDay> days)
    {
        var text = new StringBuilder()
            .Append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
            .Append("<gesmes:Envelope xmlns:gesmes=\"http://www.gesmes.org/xml/2002-08-01\" ")
            .Append("xmlns=\"http://www.ecb.int/vocabulary/2002-08-01/eurofxref\">\n")
            .Append("\t<gesmes:subject>Reference rates</gesmes:subject>\n\t<gesmes:Sender>\n\t\t<gesmes:name>")
            .Append(SecurityElement.Escape(XmlText.Clean(sender)))
            .Append("</gesmes:name>\n\t</gesmes:Sender>\n\t<Cube>\n");
        foreach (var (day, rates) in days)
        {
            text.Append("\t\t<Cube time='").Append(day.ToText()).Append("'>\n");
            foreach (var (quote, rate) in rates)
            {
                text.Append("\t\t\t<Cube currency='").Append(quote.Code).Append("' rate='").Append(rate.ToText()).Append("'/>\n");
            }

            text.Append("\t\t</Cube>\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("\t</Cube>\n</gesmes:Envelope>\n").ToString());
    }

    /// <summary>The CSV file of one day: spaces after the commas, and the day in words.</summary>
    public static byte[] DailyCsv(IReadOnlyList<EcbDay> days)
    {
        var (day, rates) = days[0];
        var text = new StringBuilder("Date, ");
        text.AppendJoin("", rates.Select(rate => $"{rate.Quote.Code}, ")).Append('\n')
            .Append(day.ToString("dd MMMM yyyy", CultureInfo.InvariantCulture)).Append(", ")
            .AppendJoin("", rates.Select(rate => $"{rate.Rate.ToText()}, ")).Append('\n');
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>The CSV file of many days: a column for each currency that has a figure on some day, N/A on the others.</summary>
    /// <param name="days">Newest first.</param>
    public static byte[] HistoryCsv(IReadOnlyList<EcbDay> days)
    {
        Currency[] columns = [.. days.SelectMany(day => day.Rates.Select(rate => rate.Quote)).Distinct().Order()];
        var text = new StringBuilder("Date,").AppendJoin("", columns.Select(column => $"{column.Code},")).Append('\n');
        foreach (var (day, rates) in days)
        {
            var figures = rates.ToDictionary(rate => rate.Quote, rate => rate.Rate);
            text.Append(day.ToText()).Append(',');
            foreach (var column in columns)
            {
                text.Append(figures.TryGetValue(column, out var figure) ? figure.ToText() : "N/A").Append(',');
            }

            text.Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>A ZIP archive with one file. The same content gives the same bytes, so that its entity tag stays.</summary>
    public static byte[] Zipped(string name, byte[] content, IReadOnlyList<EcbDay> days)
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
            entry.LastWriteTime = new(days[0].Day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            using var file = entry.Open();
            file.Write(content);
        }

        return archive.ToArray();
    }
}
