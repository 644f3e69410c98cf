using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Sdk.Management.Control;

/// <summary>What a control socket is for: a parent, or the one instance that a host process serves.</summary>
/// <param name="bus">The parent's bus.</param>
/// <param name="parent">The parent.</param>
/// <param name="servingOf">How an instance is served, if it is.</param>
/// <param name="isManaged">Whether tools make and remove instances here; otherwise there is one, which ends with its process.</param>
internal sealed class ControlledParent(
    MdevBus bus, MdevParent parent, Func<MdevInstance, ServingInfo?> servingOf, bool isManaged)
{
    /// <summary>The parent's bus.</summary>
    public MdevBus Bus { get; } = bus;

    /// <summary>The parent.</summary>
    public MdevParent Parent { get; } = parent;

    /// <summary>Whether tools make and remove instances here.</summary>
    public bool IsManaged { get; } = isManaged;

    /// <summary>The parent's instances.</summary>
    public IEnumerable<MdevInstance> Instances => Bus.Instances.Where(i => i.Type.Parent == Parent);

    /// <summary>Finds one of the parent's instances.</summary>
    /// <exception cref="MdevException">ENODEV: there is none.</exception>
    public MdevInstance Find(Guid uuid) =>
        Bus.Find(uuid) is { } instance && instance.Type.Parent == Parent
            ? instance
            : throw new MdevException(Errno.ENODEV, $"There is no instance {uuid} on {Parent.Name}.");

    /// <summary>Finds one of the parent's types.</summary>
    /// <exception cref="MdevException">ENOENT: it offers none of this id.</exception>
    public MdevType FindType(string id) => Bus.FindType(Parent.Name, id);

    /// <summary>What tools are told of an instance.</summary>
    public InstanceInfo Describe(MdevInstance instance, bool withAttributes = false) => new(
        instance.Uuid, instance.Type.Id, Parent.Name, Parent.DeviceApi, servingOf(instance),
        withAttributes ? instance.Attributes.Snapshot() : null);

    /// <summary>Refuses what is for managed parents alone.</summary>
    /// <exception cref="MdevException">EPERM: the host process serves one instance.</exception>
    public void RequireManaged()
    {
        if (!IsManaged)
        {
            throw new MdevException(Errno.EPERM,
                $"Process {Environment.ProcessId} serves one instance, which ends with it; a process started with --manage makes and removes instances.");
        }
    }

    /// <summary>The attributes of an instance, a type or the parent.</summary>
    /// <exception cref="MdevException">ENODEV or ENOENT: there is no such thing. EINVAL: not exactly one is named.</exception>
    public MdevAttributeSet AttributesOf(Guid? uuid, string? type, string? parent) => (uuid, type, parent) switch
    {
        ({ } instance, null, null) => Find(instance).Attributes,
        (null, { } id, null) => FindType(id).Attributes,
        (null, null, { } name) when name == Parent.Name => Parent.Attributes,
        (null, null, { } name) => throw new MdevException(Errno.ENODEV, $"There is no parent {name} here, but {Parent.Name}."),
        _ => throw new MdevException(Errno.EINVAL, "Whose attributes is said by exactly one of uuid, type and parent."),
    };
}
