using Mdev.Sdk.Device;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Tree.Tests;

/// <summary>Stands for the server: makes devices usable, and has a user where a test says so.</summary>
internal sealed class TestUser : IInstanceService
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, TaskCompletionSource> _users = [];

    public List<int> Requests { get; } = [];

    /// <summary>Throws when the next instance starts.</summary>
    public Exception? Refusal { get; set; }

    public void Use(Guid uuid)
    {
        lock (_gate)
            _users[uuid] = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void LetGo(Guid uuid)
    {
        lock (_gate)
        {
            if (_users.Remove(uuid, out TaskCompletionSource? user))
                user.SetResult();
        }
    }

    public void Start(MdevInstance instance)
    {
        if (Refusal is { } refusal)
            throw refusal;
    }

    public void Prepare(MdevInstance instance) => (instance.Device as VfioDevice)?.Realize(instance.Uuid, NullLogger.Instance);

    public bool IsInUse(MdevInstance instance)
    {
        lock (_gate)
            return _users.ContainsKey(instance.Uuid);
    }

    public string? UserOf(MdevInstance instance) => IsInUse(instance) ? "a test" : null;

    public void Request(MdevInstance instance, int count)
    {
        lock (_gate)
            Requests.Add(count);
    }

    public Task WhenUnused(MdevInstance instance, CancellationToken cancel)
    {
        lock (_gate)
            return _users.TryGetValue(instance.Uuid, out TaskCompletionSource? user) ? user.Task.WaitAsync(cancel) : Task.CompletedTask;
    }

    public void Stop(MdevInstance instance) => LetGo(instance.Uuid);
}
