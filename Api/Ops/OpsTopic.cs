using Rates.Store;

namespace Rates.Api;

/// <summary>What operators see and change: schedules.</summary>
internal sealed class OpsTopic : IApiTopic
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services.AddSingleton<SchedulesEndpoint>();

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
    }
}
