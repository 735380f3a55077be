using Rates.Store;

namespace Rates.Api;

/// <summary>Maps the operators' page and the routes for schedules, commands to workers, fetches and refused sheets.</summary>
internal sealed class OpsEndpointGroup : IEndpointGroup
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services
        .AddSingleton<SchedulesEndpoint>().AddSingleton<CommandsEndpoint>().AddSingleton<RecordsEndpoint>()
        .AddSingleton<EndpointsEndpoint>().AddSingleton<DeclarationsEndpoint>().AddSingleton<WorkerQuestions>()
        .AddSingleton(provider => new ReplayEndpoint(
            provider.GetRequiredService<CommandsEndpoint>(), provider.GetRequiredService<CommandBook>(), provider.GetService<IEvidence>()))
        .AddSingleton<OpsPage>().AddSingleton<OpsEvents>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var schedules = routes.Get<SchedulesEndpoint>();
        routes.MapOps("GET", "/v1/ops/schedules", AccessRole.Ops, schedules.ListAsync);
        routes.MapOps("GET", "/v1/ops/schedules/{provider}", AccessRole.Ops, schedules.ShowAsync);
        routes.MapOps("PUT", "/v1/ops/schedules/{provider}", AccessRole.Ops, schedules.PutAsync);
        routes.MapOps("DELETE", "/v1/ops/schedules/{provider}", AccessRole.Ops, schedules.DeleteAsync);
        routes.MapOps("POST", "/v1/ops/schedules/{provider}/preview", AccessRole.Ops, schedules.PreviewAsync);
        routes.MapOps("POST", "/v1/ops/schedules/{provider}/pause", AccessRole.Ops, schedules.PauseAsync);
        routes.MapOps("POST", "/v1/ops/schedules/{provider}/resume", AccessRole.Ops, schedules.ResumeAsync);

        var (commands, records) = (routes.Get<CommandsEndpoint>(), routes.Get<RecordsEndpoint>());
        routes.MapOps("POST", "/v1/ops/schedules/{provider}/run", AccessRole.Ops, commands.RunAsync);
        routes.MapOps("POST", "/v1/ops/schedules/{provider}/clear-hold", AccessRole.Ops, commands.ClearHoldAsync);
        routes.MapOps("POST", "/v1/ops/schedules/{provider}/backfill", AccessRole.Ops, commands.BackfillAsync);
        routes.MapOps("POST", "/v1/ops/quarantine/{provider}/{id}/release", AccessRole.Ops, commands.ReleaseAsync);
        routes.MapOps("POST", "/v1/ops/quarantine/{provider}/{id}/discard", AccessRole.Ops, commands.DiscardAsync);
        routes.MapOps("GET", "/v1/ops/quarantine", AccessRole.Ops, records.ListRefusedAsync);
        var replays = routes.Get<ReplayEndpoint>();
        routes.MapOps("POST", "/v1/ops/providers/{provider}/replay", AccessRole.Ops, replays.AskAsync);
        routes.MapOps("GET", "/v1/ops/commands/{id}/result", AccessRole.Ops, replays.ShowAsync);
        routes.MapOps("GET", "/v1/ops/commands", AccessRole.Ops, commands.ListAsync);
        routes.MapOps("GET", "/v1/ops/commands/{id}", AccessRole.Ops, commands.ShowAsync);
        routes.MapOps("GET", "/v1/ops/runs", AccessRole.Ops, records.ListRunsAsync);
        routes.MapOps("GET", "/v1/ops/workers", AccessRole.Ops, records.ListWorkersAsync);

        var endpoints = routes.Get<EndpointsEndpoint>();
        routes.MapOps("GET", "/v1/ops/endpoints", AccessRole.Ops, endpoints.ListAsync);
        routes.MapOps("GET", "/v1/ops/endpoints/{provider}", AccessRole.Ops, endpoints.ShowAsync);
        routes.MapOps("PUT", "/v1/ops/endpoints/{provider}", AccessRole.Ops, endpoints.PutAsync);
        routes.MapOps("DELETE", "/v1/ops/endpoints/{provider}", AccessRole.Ops, endpoints.DeleteAsync);
        routes.MapOps("POST", "/v1/ops/endpoints/{provider}/preview", AccessRole.Ops, endpoints.PreviewAsync);

        var declarations = routes.Get<DeclarationsEndpoint>();
        routes.MapOps("GET", "/v1/ops/providers", AccessRole.Ops, declarations.ListAsync);
        routes.MapOps("GET", "/v1/ops/providers/{provider}", AccessRole.Ops, declarations.ShowAsync);
        routes.MapOps("PUT", "/v1/ops/providers/{provider}", AccessRole.Ops, declarations.PutAsync);
        routes.MapOps("DELETE", "/v1/ops/providers/{provider}", AccessRole.Ops, declarations.DeleteAsync);
        routes.MapOps("POST", "/v1/ops/providers/dry-run", AccessRole.Ops, declarations.TryAsync);

        routes.MapOps("GET", "/ops", AccessRole.Ops, routes.Get<OpsPage>().ShowAsync);
        routes.MapOps("GET", "/v1/ops/events", AccessRole.Ops, routes.Get<OpsEvents>().FollowAsync);
        foreach (var file in PageFile.Operators)
        {
            routes.MapOps("GET", file.Path, AccessRole.Ops, file.SendAsync);
        }
    }
}
