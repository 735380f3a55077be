using Rates.Store;

namespace Rates.Api;

/// <summary>Maps the operators' routes for webhooks.</summary>
internal sealed class WebhookEndpointGroup : IEndpointGroup
{
    private const string Example =
        """
        {"address":"https://shop.example/rates","secret":{"file":"shop-webhook"},"events":["published","revised"],"providers":["ecb"]}
        """;

    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services.AddSingleton<WebhooksEndpoint>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var webhooks = routes.Get<WebhooksEndpoint>();
        routes.MapOps("GET", "/v1/ops/webhooks", AccessRole.Ops, webhooks.ListAsync)
            .DescribeOps<IReadOnlyList<WebhookState>>("ListWebhooks", "Receivers of changes, and how they are doing");
        routes.MapOps("GET", "/v1/ops/webhooks/{name}", AccessRole.Ops, webhooks.ShowAsync)
            .DescribeOps<WebhookState>("GetWebhook", "One receiver of changes");
        routes.MapOps("PUT", "/v1/ops/webhooks/{name}", AccessRole.Ops, webhooks.PutAsync)
            .DescribeOps<WebhookState>("PutWebhook", "Adds a receiver of changes, or replaces it")
            .Reads<WebhookDefinition>(Example).TakesRevision();
        routes.MapOps("DELETE", "/v1/ops/webhooks/{name}", AccessRole.Ops, webhooks.DeleteAsync)
            .DescribeOpsWithoutAnswer("DeleteWebhook", "Removes a receiver with all that waits for it").TakesRevision();
        routes.MapOps("POST", "/v1/ops/webhooks/{name}/pause", AccessRole.Ops, webhooks.PauseAsync)
            .DescribeOps<WebhookState>("PauseWebhook", "Posts nothing to a receiver: changes wait");
        routes.MapOps("POST", "/v1/ops/webhooks/{name}/resume", AccessRole.Ops, webhooks.ResumeAsync)
            .DescribeOps<WebhookState>("ResumeWebhook", "Posts to a receiver again");
        routes.MapOps("POST", "/v1/ops/webhooks/{name}/test", AccessRole.Ops, webhooks.TestAsync)
            .DescribeOps<WebhookTestResult>("TestWebhook", "Sends a test at once, and answers what the receiver did with it");
        routes.MapOps("GET", "/v1/ops/webhooks/{name}/dead-letters", AccessRole.Ops, webhooks.ListDeadAsync)
            .DescribeOps<IReadOnlyList<DeadLetterView>>("ListDeadLetters", "Messages that a receiver did not take for a day");
        routes.MapOps("POST", "/v1/ops/webhooks/{name}/dead-letters/{id}/send-again", AccessRole.Ops, webhooks.SendAgainAsync)
            .DescribeOps<DeadLetterView>("SendAgain", "Has a dead letter posted again", 202);
        routes.MapOps("DELETE", "/v1/ops/webhooks/{name}/dead-letters/{id}", AccessRole.Ops, webhooks.DeleteDeadAsync)
            .DescribeOpsWithoutAnswer("DeleteDeadLetter", "Takes a dead letter off the list");
    }
}
