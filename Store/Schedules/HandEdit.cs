using System.Text.Json;
using System.Text.Json.Serialization;
using Rates.Settings;

namespace Rates.Store;

/// <summary>
/// Reads and checks a schedule that somebody wrote into the store by hand. What the text leaves out is filled from the shipped schedule.
/// </summary>
internal static class HandEdit
{
    /// <summary>The definition that the text means; where it cannot be used, null and what is wrong with it.</summary>
    /// <param name="stored">The text, and the definition in force.</param>
    /// <param name="shipped">The shipped definition; null where there is none or it is not known: then the one in force fills gaps.</param>
    /// <param name="now">From when on the schedule counts.</param>
    public static (ScheduleDefinition? Definition, string Problem) Read(
        StoredSchedule stored, ScheduleDefinition? shipped, DateTimeOffset now)
    {
        try
        {
            var known = stored.Known;
            var written = JsonSerializer.Deserialize(stored.Text, StoreFormat.Json.HandWritten)
                ?? throw new JsonException("it is null");
            var (cron, every) = (written.Cron ?? "", written.Every);
            if (cron.Length > 0 && every is not null)
            {
                // Of the two, the one that was there before gives way to the new one.
                if (cron == known?.Cron)
                {
                    cron = "";
                }
                else
                {
                    every = every == known?.Every
                        ? null
                        : throw new ScheduleFormatException("every", $"{every:c}", "cannot be set together with cron");
                }
            }

            var basis = shipped ?? known ?? new() { Cron = "", Zone = "UTC" };
            var isTimed = cron.Length > 0 || every is not null;
            var definition = basis with
            {
                Cron = isTimed ? cron : basis.Cron,
                Every = isTimed ? every : basis.Every,
                Zone = written.Zone ?? basis.Zone,
                Enabled = written.Enabled ?? true,
                Reset = written.Reset ?? false,
                MinimumGap = written.MinimumGap ?? basis.MinimumGap,
                By = ScheduleDefinition.ByHand,
            };

            // The least gap that a provider bears holds for the interface; whoever edits the store itself may ask a source of their own.
            return (ScheduleCheck.Checked(stored.Provider, definition, TimeSpan.Zero, now).Definition, "");
        }
        catch (JsonException wrong)
        {
            return (null, $"it is not the JSON of a schedule: {Unknown(stored.Text) ?? wrong.Message}");
        }
        catch (ScheduleFormatException wrong)
        {
            return (null, wrong.Message);
        }
    }

    /// <summary>The first member that no schedule has, in words; null when there is none, or the text is no JSON object.</summary>
    private static string? Unknown(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            string[] known = [.. StoreFormat.Json.HandWritten.Properties.Select(property => property.Name)];
            return document.RootElement.ValueKind != JsonValueKind.Object ? null : document.RootElement.EnumerateObject()
                .Where(member => !known.Contains(member.Name, StringComparer.Ordinal))
                .Select(member => $"'{member.Name}' is not a member of a schedule: {NearestName.Hint(member.Name, known)}")
                .FirstOrDefault();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The members of a schedule that may be written into the store by hand; null where the text leaves one out.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record HandWritten
{
    public string? Cron { get; init; }

    public TimeSpan? Every { get; init; }

    public string? Zone { get; init; }

    public bool? Enabled { get; init; }

    public bool? Reset { get; init; }

    public TimeSpan? MinimumGap { get; init; }

    /// <summary>Whatever stands here is replaced.</summary>
    public JsonElement Revision { get; init; }

    /// <inheritdoc cref="Revision"/>
    public JsonElement By { get; init; }

    /// <inheritdoc cref="Revision"/>
    public JsonElement At { get; init; }
}
