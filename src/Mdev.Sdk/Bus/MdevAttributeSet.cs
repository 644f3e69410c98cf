namespace Mdev.Sdk;

/// <summary>
/// The attributes of a parent, a type or an instance, as tools use them. Thread-safe, one use after the other; throws
/// <see cref="MdevException"/> and nothing else.
/// </summary>
/// <remarks>
/// ENOENT: no such attribute. EACCES: it is not readable, or not writable. EINVAL: the vendor's code did not take the text for
/// a value. ENODEV: the instance has gone. EIO: the vendor's code failed. Or the errno that it gave itself.
/// </remarks>
public sealed class MdevAttributeSet
{
    private static readonly MdevAttributeSet s_none = new(new object());

    private readonly Lock _gate = new();
    private readonly IAttributeHome? _home;
    private IMdevAttributes? _owner;

    internal MdevAttributeSet(object owner, IAttributeHome? home = null)
    {
        (_owner, _home) = (owner as IMdevAttributes, home);
        Infos = _owner?.MdevAttributes ?? [];
    }

    /// <summary>The attributes, in the order of their declaration.</summary>
    public IReadOnlyList<MdevAttributeInfo> Infos { get; }

    /// <summary>The attributes of an owner, who may have none.</summary>
    internal static MdevAttributeSet Of(object owner, IAttributeHome home) =>
        owner is IMdevAttributes ? new(owner, home) : s_none;

    /// <summary>An attribute's value; lines are separated by new lines, and none is at the end.</summary>
    public string Show(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        int index = IndexOf(name);
        if (!Infos[index].IsReadable)
            throw new MdevException(Errno.EACCES, $"The attribute {name} cannot be read.");
        lock (_gate)
            return Read(index);
    }

    /// <summary>Sets one attribute.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The text, without a trailing new line.</param>
    public void Store(string name, string value) => Set([new(name, value)]);

    /// <summary>Sets attributes in their order, all or none.</summary>
    /// <remarks>
    /// Where one is refused, those before it are taken back in reverse: by their old value where they can be read, by
    /// <see cref="MdevAttributeInfo.Undo"/> where that is declared. The sentence names what could not be taken back.
    /// </remarks>
    public void Set(IReadOnlyList<AttributeValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        int[] indices = new int[values.Count];
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = IndexOf(values[i].Name);
            if (!Infos[indices[i]].IsWritable)
                throw new MdevException(Errno.EACCES, $"The attribute {values[i].Name} cannot be written.");
            if (values[i].Value is null)
                throw new MdevException(Errno.EINVAL, $"The attribute {values[i].Name} is given no value.");
        }

        lock (_gate)
        {
            var done = new Stack<AttributeStep>(values.Count);
            try
            {
                for (int i = 0; i < indices.Length; i++)
                {
                    AttributeStep step = Prepare(indices[i], values[i], alone: values.Count == 1);
                    Write(indices[i], values[i].Value);
                    done.Push(step);
                }
            }
            catch (MdevException e)
            {
                string left = TakeBack(done);
                if (left.Length > 0)
                    throw new MdevException(e.Error, $"{e.Message} What could not be taken back: {left}.", e.InnerException);
                throw;
            }
        }
        if (indices.Length > 0)
            _home?.AttributesChanged();
    }

    /// <summary>The values of those that can be read and written, in the order of their declaration.</summary>
    public IReadOnlyList<AttributeValue> Snapshot()
    {
        var values = new List<AttributeValue>(Infos.Count);
        lock (_gate)
        {
            for (int i = 0; i < Infos.Count; i++)
            {
                if (Infos[i] is { IsReadable: true, IsWritable: true } info)
                    values.Add(new(info.Name, Read(i)));
            }
        }
        return values;
    }

    /// <summary>Waits for whoever is at it; from then on there is nothing to reach.</summary>
    internal void Close()
    {
        if (this == s_none)
            return;
        lock (_gate)
            _owner = null;
    }

    private AttributeStep Prepare(int index, AttributeValue value, bool alone)
    {
        MdevAttributeInfo info = Infos[index];
        if (alone)
            return new(info.Name, -1, "");
        if (info.IsReadable)
            return new(info.Name, index, Read(index));
        if (info.Undo is not { } undo)
            return new(info.Name, -1, "");

        // A command takes the same value; what can be read gets back what it was.
        int undoing = IndexOf(undo);
        return new(info.Name, undoing, Infos[undoing].IsReadable ? Read(undoing) : value.Value);
    }

    private string TakeBack(Stack<AttributeStep> done)
    {
        var left = new List<string>();
        foreach (AttributeStep step in done)
        {
            try
            {
                if (step.UndoIndex >= 0)
                    Write(step.UndoIndex, step.UndoValue);
                else
                    left.Add(step.Name);
            }
            catch (MdevException)
            {
                left.Add(step.Name);
            }
        }
        return string.Join(", ", left);
    }

    private int IndexOf(string name)
    {
        for (int i = 0; i < Infos.Count; i++)
        {
            if (Infos[i].Name == name)
                return i;
        }
        throw new MdevException(Errno.ENOENT, Infos.Count == 0
            ? $"There is no attribute {name}, nor any other."
            : $"There is no attribute {name}; the attributes are {string.Join(", ", Infos.Select(info => info.Name))}.");
    }

    private string Read(int index)
    {
        IMdevAttributes owner = Owner();
        try
        {
            return owner.ShowAttribute(index) ?? "";
        }
        catch (Exception e) when (e is not MdevException)
        {
            _home?.AttributeThrew(e, Infos[index].Name);
            throw new MdevException(Errno.EIO, $"The attribute {Infos[index].Name} could not be read: {Said(e)}", e);
        }
    }

    private void Write(int index, string value)
    {
        IMdevAttributes owner = Owner();
        string name = Infos[index].Name;
        try
        {
            owner.StoreAttribute(index, value);
        }
        catch (MdevException e)
        {
            throw new MdevException(e.Error, $"The attribute {name} did not take {Quoted(value)}: {e.Message}", e.InnerException);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            throw new MdevException(Errno.EINVAL, $"The attribute {name} did not take {Quoted(value)}: {Said(e)}", e);
        }
        catch (Exception e)
        {
            _home?.AttributeThrew(e, name);
            throw new MdevException(Errno.EIO, $"The attribute {name} failed at {Quoted(value)}: {Said(e)}", e);
        }
    }

    // .NET's sentences quote what was written, which may be long and of many lines.
    private static string Said(Exception e)
    {
        const int Most = 200;
        string line = e.Message.ReplaceLineEndings(" ");
        return line.Length <= Most ? line : $"{line.AsSpan(0, Most)}…";
    }

    private IMdevAttributes Owner() => _owner ?? throw new MdevException(Errno.ENODEV, "The instance has gone.");

    // What was written may be long, or no text at all, and the sentence is one line of a log.
    private static string Quoted(string value)
    {
        const int Most = 64;
        string shown = new([.. value.Take(Most).Select(static c => char.IsControl(c) ? '?' : c)]);
        return $"'{shown}{(value.Length > Most ? "…" : "")}'";
    }

    // How what was done is taken back: nothing where the index is negative.
    private readonly record struct AttributeStep(string Name, int UndoIndex, string UndoValue);
}
