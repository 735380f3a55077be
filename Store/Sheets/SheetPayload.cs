using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rates.Core;

namespace Rates.Store;

/// <summary>
/// Writes and reads the stored form of a provider's latest rates: one flat JSON object of two parts, each under its own digest.
/// </summary>
/// <remarks>
/// <code>
/// {"schema":1,"provider":…,"epoch":…,"version":…,"publishedVersion":…,"fence":…,"slot":…,"checkedAt":…,"nextExpectedAt":…,
/// "sha256":…,"sha1":…,"asOf":…,"observations":[…]}
/// </code>
/// The body, from <c>asOf</c> on, is what was published; the worker writes it, and <c>sha256</c> covers it to the closing brace.
/// The header, up to <c>sha256</c>, is what the store adds when it accepts the sheet. It is written where the version is given,
/// inside a Redis script, which has SHA-1 only; <c>sha1</c> covers it. Together they detect a change of any byte.
/// </remarks>
internal static class SheetPayload
{
    /// <summary>Readers refuse a higher number: what a member means may have changed.</summary>
    public const int Schema = 1;

    /// <summary>A stored sheet is never larger, in bytes; a larger value under its key is not read.</summary>
    public const int MaxBytes = 1 << 20;

    // Stands between header and body. The scripts look for the same text.
    private const string Seal = ",\"sha1\":\"";
    private const int SealLength = 9 + 40 + 2;

    /// <summary>The immutable part of a sheet, as JSON without its opening brace.</summary>
    /// <exception cref="ArgumentException">The sheet is not of the claim's provider, or larger than a stored one may be.</exception>
    public static string Body(Claim claim, RateSheet sheet)
    {
        if (sheet.Provider != claim.Provider)
        {
            throw new ArgumentException($"a sheet of '{sheet.Provider}' under a claim of '{claim.Provider}'", nameof(sheet));
        }

        var buffer = new ArrayBufferWriter<byte>(64 * sheet.Observations.Count + 512);
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("asOf", StoreFormat.Text(sheet.AsOf));
            if (sheet.PublishedAt is { } publishedAt)
            {
                json.WriteString("publishedAt", StoreFormat.Text(publishedAt));
            }

            json.WriteString("fetchedAt", StoreFormat.Text(sheet.FetchedAt));
            json.WriteString("source", sheet.Source);
            json.WriteBoolean("revised", sheet.Revised);
            json.WriteBoolean("seeded", sheet.Seeded);
            if (sheet.Unconfirmed is { Count: > 0 } unconfirmed)
            {
                json.WriteStartArray("unconfirmed");
                foreach (var pair in unconfirmed)
                {
                    json.WriteStringValue(pair.ToString());
                }

                json.WriteEndArray();
            }

            json.WritePropertyName("observations");
            JsonSerializer.Serialize(json, sheet.Observations, StoreFormat.Json.IReadOnlyListObservation);
            json.WriteEndObject();
        }

        // Room is left for the header.
        return buffer.WrittenCount <= MaxBytes - 1024
            ? Encoding.UTF8.GetString(buffer.WrittenSpan[1..])
            : throw new ArgumentException(
                $"{sheet.Provider}: a sheet of {sheet.Observations.Count} observations is larger than 1 MiB", nameof(sheet));
    }

    /// <summary>SHA-256 of a body, hexadecimal.</summary>
    public static string Digest(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    /// <summary>An instant as JSON, <c>null</c> for none.</summary>
    public static string Json(DateTimeOffset? instant) => instant is { } at ? $"\"{StoreFormat.Text(at)}\"" : "null";

    /// <summary>Joins a header and a body.</summary>
    /// <param name="header">What the store adds.</param>
    /// <param name="digest">The body's <see cref="Digest"/>.</param>
    /// <param name="body">The sheet's <see cref="Body"/>.</param>
    public static string Compose(SheetHeader header, string digest, string body)
    {
        var text = $"{{\"schema\":{Schema},\"provider\":\"{header.Provider}\""
            + $",\"epoch\":\"{header.Epoch}\",\"version\":{header.Version}"
            + $",\"publishedVersion\":{header.PublishedVersion},\"fence\":{header.Fence}"
            + $",\"slot\":\"{StoreFormat.Text(header.Slot)}\",\"checkedAt\":\"{StoreFormat.Text(header.CheckedAt)}\""
            + $",\"nextExpectedAt\":{Json(header.NextExpectedAt)},\"sha256\":\"{digest}\"";
        return $"{text}{Seal}{Sha1(Encoding.UTF8.GetBytes(text))}\",{body}";
    }

    /// <summary>
    /// The body, its digest and the version under which it was published, of a stored sheet whose header is whole; null for anything else.
    /// </summary>
    public static (string Digest, string Body, long PublishedVersion)? Split(string provider, string payload)
    {
        var header = payload.IndexOf(Seal, StringComparison.Ordinal);
        return header > 64 && payload.Length > header + SealLength
            && payload.StartsWith($"{{\"schema\":{Schema},\"provider\":\"{provider}\",", StringComparison.Ordinal)
            && payload.AsSpan(header + Seal.Length, 40).SequenceEqual(Sha1(Encoding.UTF8.GetBytes(payload[..header])))
            ? (payload.Substring(header - 65, 64), payload[(header + SealLength)..], PublishedVersion(payload[..header]))
            : null;
    }

    // Releases up to 0.3 stored no publishedVersion.
    private static long PublishedVersion(string header)
    {
        using var json = JsonDocument.Parse(header + "}");
        var root = json.RootElement;
        return (root.TryGetProperty("publishedVersion", out var published) ? published : root.GetProperty("version")).GetInt64();
    }

    /// <summary>Reads and checks a stored sheet.</summary>
    /// <exception cref="CorruptSheetException">It is not a whole sheet of that provider.</exception>
    public static RateSheet Read(string provider, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > MaxBytes)
        {
            throw new CorruptSheetException(provider, "it is larger than 1 MiB");
        }

        try
        {
            RefuseUnlessIntact(provider, payload);
            return SheetJson.Read(payload) is var sheet && sheet.Provider == provider
                ? sheet
                : throw new CorruptSheetException(provider, $"it is the sheet of another provider");
        }
        catch (JsonException malformed)
        {
            throw new CorruptSheetException(provider, $"it is not the JSON of a sheet ({malformed.Message})");
        }
    }

    private static void RefuseUnlessIntact(string provider, ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        if (!reader.Read() || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("schema"u8)
            || !reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var schema))
        {
            throw new CorruptSheetException(provider, "it does not begin with a schema number");
        }

        // Before the digests: a newer schema may place or compute them otherwise.
        if (schema != Schema)
        {
            throw new CorruptSheetException(provider, $"its schema is {schema}, and this program reads {Schema}");
        }

        var header = payload.IndexOf(",\"sha1\":\""u8);
        if (header < 65 || payload.Length <= header + SealLength)
        {
            throw new CorruptSheetException(provider, "it is cut short");
        }

        if (!payload.Slice(header + Seal.Length, 40).SequenceEqual(Encoding.ASCII.GetBytes(Sha1(payload[..header]))))
        {
            throw new CorruptSheetException(provider, "its header does not match its sha1");
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(payload[(header + SealLength)..]));
        if (!payload.Slice(header - 65, 64).SequenceEqual(Encoding.ASCII.GetBytes(digest)))
        {
            throw new CorruptSheetException(provider, "its body does not match its sha256");
        }
    }

#pragma warning disable CA5350 // Against accidents, not attackers; the only digest that a Redis script can compute.
    private static string Sha1(ReadOnlySpan<byte> text) => Convert.ToHexStringLower(SHA1.HashData(text));
#pragma warning restore CA5350
}
