using Microsoft.Extensions.DependencyInjection.Extensions;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Registers the services that check access, and maps the operators' routes for users, API keys and the list of what operators changed.
/// </summary>
internal sealed class AccessEndpointGroup : IEndpointGroup
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services)
    {
        services.TryAddSingleton(new PasswordHasher(PasswordHasher.Recommended));
        services.AddSingleton<ClientAddress>().AddSingleton<AccessLimits>().AddSingleton<VerifiedCredentials>();
        services.AddSingleton<FirstAdmin>().AddSingleton<AccessDirectory>().AddSingleton<Authenticator>().AddSingleton<AccessGate>();
        services.AddSingleton<AccessWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<AccessDirectory>());
        services.AddSingleton<KeysEndpoint>().AddSingleton<UsersEndpoint>().AddSingleton<AuditEndpoint>();
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var (keys, users) = (routes.Get<KeysEndpoint>(), routes.Get<UsersEndpoint>());
        routes.MapOps("GET", "/v1/ops/me", AccessRole.Read, UsersEndpoint.ShowCallerAsync)
            .DescribeOps<MeView>("GetCaller", "Who is asking");
        routes.MapOps("GET", "/v1/ops/audit", AccessRole.Ops, routes.Get<AuditEndpoint>().ListAsync)
            .DescribeOps<IReadOnlyList<AuditEntryView>>("ListChanges", "Who changed what", query: OpsDescriptions.OnlyCount);
        routes.MapOps("GET", "/v1/ops/keys", AccessRole.Admin, keys.ListAsync)
            .DescribeOps<IReadOnlyList<KeyView>>("ListKeys", "API keys, without their secrets");
        routes.MapOps("POST", "/v1/ops/keys", AccessRole.Admin, keys.CreateAsync)
            .DescribeOps<NewKeyView>("CreateKey", "Makes a key and shows it, for the only time", 201)
            .Reads<NewKeyRequest>("""{"label":"shop","role":"read","defaultProviders":["ecb"],"requestsPerMinute":600}""");
        routes.MapOps("DELETE", "/v1/ops/keys/{id}", AccessRole.Admin, keys.RevokeAsync)
            .DescribeOpsWithoutAnswer("RevokeKey", "Refuses a key from now on");
        routes.MapOps("GET", "/v1/ops/users", AccessRole.Admin, users.ListAsync)
            .DescribeOps<IReadOnlyList<UserView>>("ListUsers", "Users, without their passwords");
        routes.MapOps("PUT", "/v1/ops/users/{name}", AccessRole.Admin, users.PutAsync)
            .DescribeOps<UserView>("PutUser", "Makes a user, or changes the role or password of one")
            .Reads<UserChange>("""{"role":"ops","password":"a long pass phrase"}""");
        routes.MapOps("DELETE", "/v1/ops/users/{name}", AccessRole.Admin, users.DeleteAsync)
            .DescribeOpsWithoutAnswer("DeleteUser", "Deletes a user");
    }
}
