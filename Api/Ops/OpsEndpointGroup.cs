using System.Text.Json;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Maps the operators' page and the operators' routes for schedules, commands to workers, fetches and refused publications.
/// </summary>
internal sealed class OpsEndpointGroup : IEndpointGroup
{
    private const string ScheduleExample = """{"cron":"*/10 16-18 * * MON-FRI","zone":"Europe/Berlin"}""";
    private const string EndpointExample =
        """{"address":"https://gateway.example/ecb/","headers":{"X-Trace":"rates"},"key":{"file":"ecb-key"}}""";

    private const string DeclarationExample =
        """
        {"name":"My Bank","pivot":"EUR","address":"https://bank.example/","schedule":"0 0 15 ? * MON-FRI",
        "calendar":{"at":"14:15","zone":"Europe/Berlin"},"read":{"format":"json","requests":["daily?date={date}"],"rows":"$.rates[*]",
        "currency":"@.code","rate":"@.mid","direction":"quote","date":"$.day"}}
        """;

    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services
        .AddSingleton<SchedulesEndpoint>().AddSingleton<CommandsEndpoint>().AddSingleton<RecordsEndpoint>()
        .AddSingleton<EndpointsEndpoint>().AddSingleton<DeclarationsEndpoint>().AddSingleton<WorkerQuestions>()
        .AddSingleton(provider => new ReplayEndpoint(
            provider.GetRequiredService<CommandsEndpoint>(), provider.GetRequiredService<CommandStore>(), provider.GetService<IEvidence>()))
        .AddSingleton(provider => new EvidenceListEndpoint(
            provider.GetRequiredService<CurrentBook>(), provider.GetService<IEvidence>()))
        .AddSingleton<OpsPage>().AddSingleton<OpsEvents>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var schedules = routes.Get<SchedulesEndpoint>();
        routes.MapOps("GET", "/v1/ops/schedules", AccessRole.Ops, schedules.ListAsync)
            .DescribeOps<IReadOnlyList<ScheduleState>>("ListSchedules", "Every schedule");
        routes.MapOps("GET", "/v1/ops/schedules/{provider}", AccessRole.Ops, schedules.ShowAsync)
            .DescribeOps<ScheduleState>("GetSchedule", "One schedule with its next ten instants");
        routes.MapOps("PUT", "/v1/ops/schedules/{provider}", AccessRole.Ops, schedules.PutAsync)
            .DescribeOps<ScheduleState>("PutSchedule", "Changes a schedule; what is left out stays")
            .Reads<ScheduleChange>(ScheduleExample).TakesRevision();
        routes.MapOps("DELETE", "/v1/ops/schedules/{provider}", AccessRole.Ops, schedules.DeleteAsync)
            .DescribeOps<ScheduleState>("ResetSchedule", "Takes back what operators set").TakesRevision();
        routes.MapOps("POST", "/v1/ops/schedules/{provider}/preview", AccessRole.Ops, schedules.PreviewAsync)
            .DescribeOps<ScheduleState>("PreviewSchedule", "Shows when a changed schedule would be due")
            .Reads<ScheduleChange>(ScheduleExample);
        routes.MapOps("POST", "/v1/ops/schedules/{provider}/pause", AccessRole.Ops, schedules.PauseAsync)
            .DescribeOps<ScheduleState>("PauseSchedule", "Stops asking a provider");
        routes.MapOps("POST", "/v1/ops/schedules/{provider}/resume", AccessRole.Ops, schedules.ResumeAsync)
            .DescribeOps<ScheduleState>("ResumeSchedule", "Asks a provider again");

        var (commands, records) = (routes.Get<CommandsEndpoint>(), routes.Get<RecordsEndpoint>());
        routes.MapOps("POST", "/v1/ops/schedules/{provider}/run", AccessRole.Ops, commands.RunAsync)
            .DescribeOps<CommandView>("RunNow", "Fetches a provider now", 202);
        routes.MapOps("POST", "/v1/ops/schedules/{provider}/clear-hold", AccessRole.Ops, commands.ClearHoldAsync)
            .DescribeOps<CommandView>("ClearHold", "Asks a provider again that failures hold back", 202);
        routes.MapOps("POST", "/v1/ops/schedules/{provider}/backfill", AccessRole.Ops, commands.BackfillAsync)
            .DescribeOps<CommandView>("Backfill", "Fetches days of the past again", 202)
            .Reads<BackfillRequest>("""{"from":"2026-01-01","to":"2026-03-31"}""");
        routes.MapOps("POST", "/v1/ops/quarantine/{provider}/{id}/release", AccessRole.Ops, commands.ReleaseAsync)
            .DescribeOps<CommandView>("ReleaseRefused", "Publishes the figures of a refused sheet", 202)
            .Reads<ReasonRequest>("""{"reason":"a devaluation"}""");
        routes.MapOps("POST", "/v1/ops/quarantine/{provider}/{id}/discard", AccessRole.Ops, commands.DiscardAsync)
            .DescribeOps<CommandView>("DiscardRefused", "Takes a refused sheet off the list", 202)
            .Reads<ReasonRequest>("""{"reason":"a typing error of the source"}""");
        routes.MapOps("GET", "/v1/ops/quarantine", AccessRole.Ops, records.ListRefusedAsync)
            .DescribeOps<IReadOnlyList<RefusedSheetView>>(
                "ListRefused", "Refused sheets beside the last good figures and other providers", query: OpsDescriptions.OnlyProvider);
        var replays = routes.Get<ReplayEndpoint>();
        routes.MapOps("POST", "/v1/ops/replay/{provider}", AccessRole.Ops, replays.AskAsync)
            .DescribeOps<CommandView>("Replay", "Reads stored bodies again; shows what would change, or stores what was shown", 202)
            .Reads<ReplayAsked>("""{"from":"2026-11-09","to":"2026-11-20"}""");
        routes.MapOps("GET", "/v1/ops/commands/{id}/result", AccessRole.Ops, replays.ShowAsync)
            .DescribeOps<ReplayView>("GetReplay", "What a replay has found");
        routes.MapOps("GET", "/v1/ops/commands", AccessRole.Ops, commands.ListAsync)
            .DescribeOps<IReadOnlyList<CommandView>>("ListCommands", "What operators had workers do");
        routes.MapOps("GET", "/v1/ops/commands/{id}", AccessRole.Ops, commands.ShowAsync)
            .DescribeOps<CommandView>("GetCommand", "One command, with how far it is");
        routes.MapOps("GET", "/v1/ops/evidence/{provider}", AccessRole.Ops, routes.Get<EvidenceListEndpoint>().ListAsync)
            .DescribeOps<IReadOnlyList<EvidenceSheetView>>(
                "ListEvidence", "The published sheets whose original bytes are stored",
                query: OpsDescriptions.OnlyCountOfEvidence);
        routes.MapOps("GET", "/v1/ops/runs", AccessRole.Ops, records.ListRunsAsync)
            .DescribeOps<IReadOnlyList<FetchRun>>("ListRuns", "The last fetches", query: OpsDescriptions.ProviderAndCount);
        routes.MapOps("GET", "/v1/ops/workers", AccessRole.Ops, records.ListWorkersAsync)
            .DescribeOps<IReadOnlyList<WorkerView>>("ListWorkers", "The workers of the last ten minutes");

        var endpoints = routes.Get<EndpointsEndpoint>();
        routes.MapOps("GET", "/v1/ops/endpoints", AccessRole.Ops, endpoints.ListAsync)
            .DescribeOps<IReadOnlyList<EndpointState>>("ListEndpoints", "What operators set of how providers are reached");
        routes.MapOps("GET", "/v1/ops/endpoints/{provider}", AccessRole.Ops, endpoints.ShowAsync)
            .DescribeOps<EndpointState>("GetEndpoint", "How a provider is reached");
        routes.MapOps("PUT", "/v1/ops/endpoints/{provider}", AccessRole.Ops, endpoints.PutAsync)
            .DescribeOps<EndpointState>("PutEndpoint", "Replaces how a provider is reached")
            .Reads<EndpointOverride>(EndpointExample).TakesRevision();
        routes.MapOps("DELETE", "/v1/ops/endpoints/{provider}", AccessRole.Ops, endpoints.DeleteAsync)
            .DescribeOpsWithoutAnswer("ResetEndpoint", "Takes back what operators set").TakesRevision();
        routes.MapOps("POST", "/v1/ops/endpoints/{provider}/preview", AccessRole.Ops, endpoints.PreviewAsync)
            .DescribeOps<EndpointState>("PreviewEndpoint", "Shows how a provider would be reached")
            .Reads<EndpointOverride>(EndpointExample);

        var declarations = routes.Get<DeclarationsEndpoint>();
        routes.MapOps("GET", "/v1/ops/declared", AccessRole.Ops, declarations.ListAsync)
            .DescribeOps<IReadOnlyList<DeclarationView>>("ListDeclared", "Providers that operators declared");
        routes.MapOps("GET", "/v1/ops/declared/{provider}", AccessRole.Ops, declarations.ShowAsync)
            .DescribeOps<DeclarationView>("GetDeclared", "One declaration");
        routes.MapOps("PUT", "/v1/ops/declared/{provider}", AccessRole.Ops, declarations.PutAsync)
            .DescribeOps<DeclarationView>("PutDeclared", "Declares a provider, or replaces its declaration")
            .Reads<JsonElement>(DeclarationExample).TakesRevision();
        routes.MapOps("DELETE", "/v1/ops/declared/{provider}", AccessRole.Ops, declarations.DeleteAsync)
            .DescribeOps<DeclarationView>("RetireDeclared", "Asks a declared provider no more").TakesRevision();
        routes.MapOps("POST", "/v1/ops/declared/{provider}/dry-run", AccessRole.Ops, declarations.TryAsync)
            .DescribeOps<DryRunAnswer>("TryDeclaration", "Shows what a declaration reads, and stores nothing")
            .Reads<DryRun>($$"""{"block":{{DeclarationExample}},"day":"2026-08-20"}""");

        // The same at the paths of release 0.2, which programs still use.
        routes.MapOps("GET", "/v1/ops/providers", AccessRole.Ops, declarations.ListAsync);
        routes.MapOps("GET", "/v1/ops/providers/{provider}", AccessRole.Ops, declarations.ShowAsync);
        routes.MapOps("PUT", "/v1/ops/providers/{provider}", AccessRole.Ops, declarations.PutAsync);
        routes.MapOps("DELETE", "/v1/ops/providers/{provider}", AccessRole.Ops, declarations.DeleteAsync);
        routes.MapOps("POST", "/v1/ops/providers/dry-run", AccessRole.Ops, declarations.TryAsync);
        routes.MapOps("POST", "/v1/ops/providers/{provider}/replay", AccessRole.Ops, replays.AskAsync);

        routes.MapOps("GET", "/ops", AccessRole.Ops, routes.Get<OpsPage>().ShowAsync);
        routes.MapOps("GET", "/v1/ops/events", AccessRole.Ops, routes.Get<OpsEvents>().FollowAsync)
            .DescribeOpsText(
                "FollowOperations", "Tells that something has changed, as soon as it does", EventsEndpoint.ContentType);
        foreach (var file in PageFile.Operators)
        {
            routes.MapOps("GET", file.Path, AccessRole.Ops, file.SendAsync);
        }
    }
}
