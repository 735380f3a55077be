using Microsoft.Extensions.DependencyInjection.Extensions;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Registers the services that check access, and maps the operators' routes for users, API keys and the record of changes.
/// </summary>
internal sealed class AccessEndpointGroup : IEndpointGroup
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services)
    {
        services.TryAddSingleton(new PasswordHasher(PasswordHasher.Recommended));
        services.AddSingleton<ClientAddress>().AddSingleton<AccessLimits>().AddSingleton<VerifiedCredentials>();
        services.AddSingleton<FirstAdmin>().AddSingleton<AccessDirectory>().AddSingleton<Authenticator>().AddSingleton<AccessGate>();
        services.AddHostedService(provider => provider.GetRequiredService<AccessDirectory>());
        services.AddSingleton<KeysEndpoint>().AddSingleton<UsersEndpoint>().AddSingleton<AuditEndpoint>();
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var (keys, users) = (routes.Get<KeysEndpoint>(), routes.Get<UsersEndpoint>());
        routes.MapOps("GET", "/v1/ops/me", AccessRole.Read, UsersEndpoint.ShowCallerAsync);
        routes.MapOps("GET", "/v1/ops/audit", AccessRole.Ops, routes.Get<AuditEndpoint>().ListAsync);
        routes.MapOps("GET", "/v1/ops/keys", AccessRole.Admin, keys.ListAsync);
        routes.MapOps("POST", "/v1/ops/keys", AccessRole.Admin, keys.CreateAsync);
        routes.MapOps("DELETE", "/v1/ops/keys/{id}", AccessRole.Admin, keys.RevokeAsync);
        routes.MapOps("GET", "/v1/ops/users", AccessRole.Admin, users.ListAsync);
        routes.MapOps("PUT", "/v1/ops/users/{name}", AccessRole.Admin, users.PutAsync);
        routes.MapOps("DELETE", "/v1/ops/users/{name}", AccessRole.Admin, users.DeleteAsync);
    }
}
