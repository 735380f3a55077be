using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Holds the providers' schedules in force in this worker. A stored schedule that cannot be read, or is gone, leaves the last good one in
/// force.
/// </summary>
internal sealed partial class ScheduleTable(ProviderTable providers, ILogger<ScheduleTable> logger)
{
    /// <summary>Who set the schedules that ship.</summary>
    public const string ShippedBy = "shipped";

    private readonly ConcurrentDictionary<string, ProviderSchedule> _schedules = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _handProblems = new(StringComparer.Ordinal);

    /// <summary>Every provider, fetched or not, in order of its key.</summary>
    public IEnumerable<RateProvider> All => providers.All;

    /// <summary>Providers that this worker fetches now, by key.</summary>
    public IReadOnlyDictionary<string, RateProvider> Fetched => providers.Fetched;

    /// <summary>The definitions that ship, for fetched providers that have one.</summary>
    public IReadOnlyDictionary<string, ScheduleDefinition> Shipped => Fetched.Values
        .Where(provider => provider.Block.Schedule.Length > 0)
        .ToDictionary(provider => provider.Key, provider => Definition(provider.Block));

    /// <summary>Fetched providers without a schedule: asked once, while they have no sheet.</summary>
    public IEnumerable<string> Once =>
        Fetched.Values.Where(provider => provider.Block.Schedule.Length == 0).Select(provider => provider.Key);

    /// <summary>The definitions in force.</summary>
    public IReadOnlyDictionary<string, ScheduleDefinition> Definitions =>
        _schedules.ToDictionary(entry => entry.Key, entry => entry.Value.Definition);

    /// <summary>The schedule that <paramref name="block"/> ships with.</summary>
    public static ScheduleDefinition Definition(ProviderBlock block) => new() { Cron = block.Schedule, Zone = block.Calendar.Zone };

    /// <summary>The schedule in force; null for a provider that has none, that is not fetched, or that an operator switched off.</summary>
    public ProviderSchedule? Find(string provider) =>
        _schedules.GetValueOrDefault(provider) is { Definition.IsActive: true } schedule && Fetched.ContainsKey(provider) ? schedule : null;

    /// <summary>Forgets the schedules of providers that are no longer fetched, and returns their keys.</summary>
    public IReadOnlyList<string> Forget()
    {
        string[] gone = [.. _schedules.Keys.Where(provider => !Fetched.ContainsKey(provider))];
        foreach (var provider in gone)
        {
            _schedules.TryRemove(provider, out _);
        }

        return gone;
    }

    /// <summary>What is wrong with the schedule that somebody stored by hand; empty when nothing is.</summary>
    public string HandProblem(string provider) => _handProblems.GetValueOrDefault(provider, "");

    /// <summary>
    /// Takes note of schedules stored by hand that cannot be used, logs each once, and returns the providers for which that changed.
    /// </summary>
    public IReadOnlyList<string> NoteHandProblems(IReadOnlyDictionary<string, ScheduleDefinition> stored)
    {
        List<string> changed = [];
        foreach (var (provider, definition) in stored.Where(entry => Fetched.ContainsKey(entry.Key)))
        {
            var problem = definition.HandProblem;
            if (problem == HandProblem(provider))
            {
                continue;
            }

            _handProblems[provider] = problem;
            changed.Add(provider);
            if (problem.Length > 0)
            {
                Log.NotUsed(logger, provider, problem.TrimEnd('.'), definition.Revision, definition.By);
            }
        }

        return changed;
    }

    /// <summary>Takes over what is stored and returns the providers whose schedule changed by it.</summary>
    public IReadOnlyList<AppliedSchedule> Update(IReadOnlyDictionary<string, ScheduleDefinition> stored)
    {
        List<AppliedSchedule> changes = [];
        foreach (
            var (provider, read) in stored.Where(entry => Fetched.ContainsKey(entry.Key)).OrderBy(
                entry => entry.Key, StringComparer.Ordinal))
        {
            var definition = read with { HandProblem = "" };
            var before = _schedules.GetValueOrDefault(provider);
            if (before?.Definition == definition)
            {
                continue;
            }

            try
            {
                var schedule = ProviderSchedule.Parse(provider, definition);
                _schedules[provider] = schedule;
                changes.Add(new(provider, before, schedule));
            }
            catch (FormatException problem)
            {
                Log.Unusable(logger, provider, definition.Revision, definition.By, problem.Message);
            }
        }

        return changes;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Provider}: stored schedule {Revision} by {By} is not used: {Problem}")]
        public static partial void Unusable(ILogger logger, string provider, long revision, string by, string problem);

        [LoggerMessage(Level = LogLevel.Error,
            Message = "{Provider}: the schedule stored by hand is not used: {Problem}. It is left as it is; revision {Revision} by {By} "
                + "stays in force. Correct it, or set the schedule with 'rates schedules set'")]
        public static partial void NotUsed(ILogger logger, string provider, string problem, long revision, string by);
    }
}

/// <summary>A provider's schedule that came into force in this worker, in place of another.</summary>
/// <param name="Provider">Whose.</param>
/// <param name="Before">What it replaces; null for the first.</param>
/// <param name="Now">The new one.</param>
internal sealed record AppliedSchedule(string Provider, ProviderSchedule? Before, ProviderSchedule Now)
{
    /// <summary>True when the provider was not asked until now, and is asked from now on.</summary>
    public bool SwitchedOn => Now.Definition.IsActive && Before is not { Definition.IsActive: true };
}
