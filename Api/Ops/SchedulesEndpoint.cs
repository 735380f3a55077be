using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Answers <c>/v1/ops/schedules</c>: lists the schedules by which providers are fetched, and changes them while workers run.
/// </summary>
internal sealed class SchedulesEndpoint(ISchedules schedules, CurrentBook current, TimeProvider time) : IDisposable
{
    // Whoever loses this often against other editors is better told.
    private const int MostTries = 100;

    private static readonly ScheduleDefinition None = new() { Cron = "", Zone = "UTC", Enabled = false };

    // Edits of one Api wait for each other: only those of another Api or of a worker can be first then.
    private readonly SemaphoreSlim _editing = new(1, 1);

    /// <summary>Lists every stored schedule.</summary>
    public async Task ListAsync(HttpContext context)
    {
        var stored = await schedules.ReadAllAsync(context.RequestAborted);
        var now = time.GetUtcNow();
        IReadOnlyList<ScheduleState> views =
            [.. stored.OrderBy(
                entry => entry.Key,
                StringComparer.Ordinal).Select(entry => ScheduleState.Of(entry.Key, entry.Value, Profile(entry.Key), now))];
        await OpsHttp.SendAsync(context, views, OpsFormat.Json.IReadOnlyListScheduleState);
    }

    /// <summary>Shows one.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        var provider = Provider(context);
        await SendAsync(context, provider, await ReadAsync(provider, context.RequestAborted));
    }

    /// <summary>Shows what a change would do, and changes nothing.</summary>
    public async Task PreviewAsync(HttpContext context)
    {
        var provider = Provider(context);
        var change = await OpsHttp.ReadAsync(context, OpsFormat.Json.ScheduleChange);
        await SendAsync(context, provider, Checked(provider, change.Of(await ReadAsync(provider, context.RequestAborted))));
    }

    /// <summary>Changes one under the revision that the caller saw.</summary>
    public async Task PutAsync(HttpContext context)
    {
        var provider = Provider(context);
        var expected = OpsHttp.ExpectedRevision(context.Request);
        var change = await OpsHttp.ReadAsync(context, OpsFormat.Json.ScheduleChange);
        await EditAsync(context, provider, expected, before => Checked(provider, change.Of(before)));
    }

    /// <summary>Takes back what operators set: the next worker that looks puts the shipped schedule in its place.</summary>
    public Task DeleteAsync(HttpContext context) =>
        EditAsync(context, Provider(context), OpsHttp.ExpectedRevision(context.Request), before => before.Revision > 0
            ? before with { Reset = true }
            : throw new ProblemException(StatusCodes.Status404NotFound, "This provider has no schedule"));

    /// <summary>Stops asking a provider.</summary>
    public Task PauseAsync(HttpContext context) => EditAsync(context, Provider(context), null, before => before with { Enabled = false });

    /// <summary>Asks a provider again; what was missed is made up for by one fetch.</summary>
    public Task ResumeAsync(HttpContext context)
    {
        var provider = Provider(context);
        return EditAsync(context, provider, null, before => Checked(provider, before with { Enabled = true }));
    }

    public void Dispose() => _editing.Dispose();

    private async Task EditAsync(HttpContext context, string provider, long? expected, Func<ScheduleDefinition, ScheduleDefinition> change)
    {
        ScheduleDefinition stored;
        await _editing.WaitAsync(context.RequestAborted);
        try
        {
            stored = await StoredAsync(context, provider, expected, change);
        }
        finally
        {
            _editing.Release();
        }

        await SendAsync(context, provider, stored);
    }

    private async Task<ScheduleDefinition> StoredAsync(
        HttpContext context, string provider, long? expected, Func<ScheduleDefinition, ScheduleDefinition> change)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var before = await ReadAsync(provider, context.RequestAborted);
            if (expected is { } seen && seen != before.Revision)
            {
                throw OpsHttp.Conflict($"The schedule of {provider}", before.Revision);
            }

            var wanted = change(before) with { By = Caller.Of(context).Name };
            if (await schedules.EditAsync(provider, before.Revision, wanted, context.RequestAborted) is { } stored)
            {
                return stored;
            }
        }

        throw OpsHttp.Conflict($"The schedule of {provider}", (await ReadAsync(provider, context.RequestAborted)).Revision);
    }

    private async Task<ScheduleDefinition> ReadAsync(string provider, CancellationToken cancellationToken) =>
        (await schedules.ReadAllAsync(cancellationToken)).GetValueOrDefault(provider, None);

    private Task SendAsync(HttpContext context, string provider, ScheduleDefinition definition) =>
        OpsHttp.SendAsync(
            context, ScheduleState.Of(provider, definition, Profile(provider), time.GetUtcNow()), OpsFormat.Json.ScheduleState,
            definition.Revision);

    private ScheduleDefinition Checked(string provider, ScheduleDefinition definition)
    {
        try
        {
            return ScheduleCheck.Checked(provider, definition, Least(provider), time.GetUtcNow()).Definition;
        }
        catch (ScheduleFormatException wrong)
        {
            throw ProblemException.BadValue(wrong.Field, wrong.Value, wrong.Why);
        }
    }

    private TimeSpan Least(string provider) => Profile(provider)?.LeastGap ?? TimeSpan.Zero;

    private ProviderProfile? Profile(string provider) =>
        current.Book.IndexOf(provider) is var index and >= 0 ? current.Book.Entries[index].Stored.Profile : null;

    private string Provider(HttpContext context) => RouteProvider.Of(context, current.Book);
}
