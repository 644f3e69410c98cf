using System.Text;
using Mdev.Sdk.Bridge.Fuse;

namespace Mdev.Sdk.Bridge.Files;

/// <summary>A sysfs attribute: a read shows a value, a write stores one. Source: Linux Documentation/filesystems/sysfs.rst.</summary>
/// <param name="show">The text without its new line; <see langword="null"/> for one that cannot be read.</param>
/// <param name="store">Takes the text as it was written; <see langword="null"/> for one that cannot be written.</param>
internal sealed class AttributeFile(Func<string>? show, Func<ReadOnlyMemory<byte>, CancellationToken, Task>? store) : FuseFile
{
    /// <summary>A page, which is the most that a value may have, and what stat(2) shows as size of all attributes.</summary>
    private const int Page = 4096;

    public override uint Permissions => (show is null ? 0u : 0x124) | (store is null ? 0u : 0x80); // 0444, 0200

    public override ulong Size => Page;

    /// <summary>An attribute that is only read, with text that never blocks.</summary>
    public static AttributeFile Of(Func<string> show) => new(show, null);

    public override IFuseHandle Open(FuseCaller caller) => new Handle(this);

    private byte[] Show()
    {
        if (show is null)
            throw new FuseException(Errno.EIO);
        try
        {
            string text = show();
            return Encoding.UTF8.GetBytes(text.EndsWith('\n') ? text : text + "\n");
        }
        catch (MdevException e)
        {
            throw new FuseException(e.Error);
        }
    }

    private async Task StoreAsync(ReadOnlyMemory<byte> text, CancellationToken interrupted)
    {
        if (store is null)
            throw new FuseException(Errno.EIO);
        try
        {
            await store(text, interrupted).ConfigureAwait(false);
        }
        catch (MdevException e)
        {
            throw new FuseException(e.Error);
        }
    }

    // Each read from the start shows the value anew, and later ones go on in that text. Source: fs/seq_file.c.
    private sealed class Handle(AttributeFile file) : IFuseHandle
    {
        private byte[]? _text;

        public bool WritesAtOnce => false;

        // Shells read a byte at a time, which costs a wake-up of another thread each otherwise.
        public bool ReadsAtOnce(ulong offset) => offset != 0 && Volatile.Read(ref _text) is not null;

        public ValueTask<int> ReadAsync(ulong offset, Memory<byte> destination, CancellationToken interrupted) => new(Read(offset, destination.Span));

        public int Read(ulong offset, Span<byte> destination)
        {
            byte[]? text = _text;
            if (offset == 0 || text is null)
                _text = text = file.Show();
            if (offset >= (ulong)text.Length)
                return 0;
            ReadOnlySpan<byte> rest = text.AsSpan((int)offset);
            int length = Math.Min(rest.Length, destination.Length);
            rest[..length].CopyTo(destination);
            return length;
        }

        // Where in the file is not looked at: each write is a whole value.
        public async ValueTask<int> WriteAsync(ulong offset, ReadOnlyMemory<byte> source, CancellationToken interrupted)
        {
            if (source.Length > Page)
                throw new FuseException(Errno.EINVAL);
            await file.StoreAsync(source, interrupted).ConfigureAwait(false);
            return source.Length;
        }
    }
}
