#pragma warning disable CS1591, CS1573, CA1003, CA1711, CA1822, CA1716, CS0067
namespace Mdev.Sdk;
public readonly record struct AttributeValue(string Name, string Value);
public sealed record MdevAttributeInfo(string Name, bool IsReadable, bool IsWritable, string? Undo = null);
public sealed class MdevAttributeSet
{
    public IReadOnlyList<MdevAttributeInfo> Infos => [];
    public string Show(string name) => throw new MdevException(Errno.ENOENT, $"There is no attribute {name}.");
    public void Store(string name, string value) => throw new MdevException(Errno.ENOENT, $"There is no attribute {name}.");
    public void Set(IReadOnlyList<AttributeValue> values) { foreach (var v in values) Store(v.Name, v.Value); }
    public IReadOnlyList<AttributeValue> Snapshot() => [];
}
public enum RemoveMode { Wait, Request, Force }
public sealed record MdevBusEvent(MdevBusEventKind Kind, MdevParent Parent, MdevInstance? Instance);
public enum MdevBusEventKind { ParentRegistered, ParentUnregistering, ParentUnregistered, InstanceAdded, InstanceRemoving, InstanceRemoved, AttributesChanged }
