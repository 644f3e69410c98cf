namespace Mdev.Sdk;

/// <summary>The attributes of a parent, a type or an instance, as tools use them. Thread-safe; throws <see cref="MdevException"/> and nothing else.</summary>
/// <remarks>
/// ENOENT: no such attribute. EACCES: it is not readable, or not writable. EINVAL: the vendor's code did not take the value for
/// one. EIO: it failed. Or the errno that it gave itself.
/// </remarks>
public sealed class MdevAttributeSet
{
    private readonly Lock _gate = new();
    private readonly IMdevAttributes? _owner;

    internal MdevAttributeSet(object owner) => _owner = owner as IMdevAttributes;

    /// <summary>The attributes, in the order of their declaration.</summary>
    public IReadOnlyList<MdevAttributeInfo> Infos => _owner?.MdevAttributes ?? [];

    /// <summary>An attribute's value.</summary>
    public string Show(string name)
    {
        int index = IndexOf(name);
        if (!Infos[index].IsReadable)
            throw new MdevException(Errno.EACCES, $"The attribute {name} cannot be read.");
        return Guarded(name, () => _owner!.ShowAttribute(index));
    }

    /// <summary>Sets one attribute.</summary>
    public void Store(string name, string value) => Set([new(name, value)]);

    /// <summary>Sets attributes in their order, all or none.</summary>
    /// <remarks>
    /// Where one is refused, those before it are taken back in reverse: by their old value where they can be read, by
    /// <see cref="MdevAttributeInfo.Undo"/> where that is declared.
    /// </remarks>
    public void Set(IReadOnlyList<AttributeValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        lock (_gate)
        {
            var undo = new Stack<(int Index, string Value)>(values.Count);
            try
            {
                foreach (AttributeValue value in values)
                {
                    int index = IndexOf(value.Name);
                    MdevAttributeInfo info = Infos[index];
                    if (!info.IsWritable)
                        throw new MdevException(Errno.EACCES, $"The attribute {value.Name} cannot be written.");
                    (int, string)? back = values.Count == 1 ? null
                        : info.IsReadable ? (index, Guarded(value.Name, () => _owner!.ShowAttribute(index)))
                        : info.Undo is { } command ? Undoing(IndexOf(command), value.Value)
                        : null;
                    Guarded(value.Name, () => { _owner!.StoreAttribute(index, value.Value); return ""; });
                    if (back is { } step)
                        undo.Push(step);
                }
            }
            catch (MdevException)
            {
                foreach ((int index, string value) in undo)
                {
                    try
                    {
                        _owner!.StoreAttribute(index, value);
                    }
                    catch (Exception)
                    {
                        // What cannot be taken back stays; the caller learns why it was to be taken back.
                    }
                }
                throw;
            }
        }
    }

    /// <summary>The values of those that can be read and written, in the order of their declaration.</summary>
    public IReadOnlyList<AttributeValue> Snapshot() =>
        [.. Infos.Where(i => i.IsReadable && i.IsWritable).Select(i => new AttributeValue(i.Name, Show(i.Name)))];

    // A command takes the same value; what can be read gets back what it was.
    private (int Index, string Value) Undoing(int index, string value) =>
        (index, Infos[index].IsReadable ? Guarded(Infos[index].Name, () => _owner!.ShowAttribute(index)) : value);

    private int IndexOf(string name)
    {
        IReadOnlyList<MdevAttributeInfo> infos = Infos;
        for (int i = 0; i < infos.Count; i++)
        {
            if (infos[i].Name == name)
                return i;
        }
        throw new MdevException(Errno.ENOENT, $"There is no attribute {name}.");
    }

    private static string Guarded(string name, Func<string> run)
    {
        try
        {
            return run();
        }
        catch (MdevException)
        {
            throw;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            throw new MdevException(Errno.EINVAL, $"{name}: {e.Message}");
        }
        catch (Exception e)
        {
            throw new MdevException(Errno.EIO, $"{name}: {e.Message}");
        }
    }
}
