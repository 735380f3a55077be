using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rates.Store;

namespace Rates.Api;

/// <summary>Maps the routes that export everything that was published as an archive, and import such an archive.</summary>
internal sealed class ArchiveEndpointGroup : IEndpointGroup
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services.AddSingleton<ArchiveExport>().AddSingleton<ArchiveImport>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        // What is taken in is answered to everybody as a rate, so that takes the role that gives away access.
        routes.MapOps("GET", ArchiveLine.Path, AccessRole.Ops, routes.Get<ArchiveExport>().HandleAsync)
            .DescribeOpsText(
                "ExportArchive", "All history and sheets, as lines of JSON", OpsDescriptions.Lines, OpsDescriptions.ProviderAndDays,
                isDownload: true);
        routes.MapOps("POST", ArchiveLine.Path, AccessRole.Admin, routes.Get<ArchiveImport>().HandleAsync)
            .DescribeOps<ArchiveImportView>("ImportArchive", "Takes back the lines of an archive that are not known yet")
            .ReadsLines("""{"kind":"archive","schema":1,"at":"2026-08-20T15:00:00Z"}""" + "\n" + """{"kind":"end","lines":0}""" + "\n");
    }
}

/// <summary>
/// One line of an exported archive, such as a day of a provider's history or a provider's latest rates. Which members it has depends on its
/// kind.
/// </summary>
/// <param name="Kind">archive (the first line), sheet, day, backfilled or end (the last line).</param>
internal sealed record ArchiveLine(string Kind)
{
    /// <summary>The path of the routes.</summary>
    public const string Path = "/v1/ops/archive";

    /// <summary>Readers refuse a higher number: what a line means may have changed.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Of the first line: the form of the lines.</summary>
    public int? Schema { get; init; }

    /// <summary>Of the first line: when the archive was written.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The provider's key.</summary>
    public string? Provider { get; init; }

    /// <summary>Of a day: which.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Of a day: its stored form, with revisions.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>Of a sheet: its stored form as text, because its digests are over the text.</summary>
    public string? Sheet { get; init; }

    /// <summary>Of the line <c>backfilled</c>: the day from which on history is complete.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Of the last line: how many lines of days and sheets there are.</summary>
    public long? Lines { get; init; }

    /// <summary>JSON metadata; null members are left out.</summary>
    public static ArchiveJson Json { get; } =
        new(new JsonSerializerOptions(ArchiveJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

/// <summary>
/// The answer to an import of an archive: how many days and latest rates were stored or already there, and the lines that were refused.
/// </summary>
/// <param name="Taken">What was stored.</param>
/// <param name="Kept">What the store had already, or has newer.</param>
/// <param name="Refused">Number of lines that could not be used.</param>
/// <param name="Problems">The first of them, each with its line number and why.</param>
/// <param name="IsWhole">Whether the archive ended as it should; false for one that was cut short.</param>
internal sealed record ArchiveImportView(
    ArchiveCount Taken, ArchiveCount Kept, long Refused, IReadOnlyList<ArchiveProblem> Problems, bool IsWhole);

/// <summary>How many days and how many providers' latest rates an import of an archive stored, or found stored already.</summary>
internal sealed record ArchiveCount(long Days, long Sheets);

/// <summary>A line of an imported archive that could not be used, with the reason.</summary>
internal sealed record ArchiveProblem(long Line, string Why);

/// <summary>JSON serialization of the lines of an exported archive and of the answer to an import.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ArchiveLine))]
[JsonSerializable(typeof(ArchiveImportView))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
