namespace Mdev.Sdk;

/// <summary>Linux error numbers, under their own names; the values are those of the generic ABI (x86, arm64).</summary>
public enum Errno
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>Operation not permitted.</summary>
    EPERM = 1,

    /// <summary>No such file, mapping or type.</summary>
    ENOENT = 2,

    /// <summary>Interrupted by a signal.</summary>
    EINTR = 4,

    /// <summary>Input or output failed.</summary>
    EIO = 5,

    /// <summary>Too large.</summary>
    E2BIG = 7,

    /// <summary>Not an open descriptor.</summary>
    EBADF = 9,

    /// <summary>Not now; try again.</summary>
    EAGAIN = 11,

    /// <summary>Out of memory.</summary>
    ENOMEM = 12,

    /// <summary>Permission denied.</summary>
    EACCES = 13,

    /// <summary>Bad address.</summary>
    EFAULT = 14,

    /// <summary>In use by another.</summary>
    EBUSY = 16,

    /// <summary>Exists already.</summary>
    EEXIST = 17,

    /// <summary>No such device.</summary>
    ENODEV = 19,

    /// <summary>Not a folder.</summary>
    ENOTDIR = 20,

    /// <summary>A folder.</summary>
    EISDIR = 21,

    /// <summary>Invalid argument.</summary>
    EINVAL = 22,

    /// <summary>Too many open files.</summary>
    EMFILE = 24,

    /// <summary>The device has no such operation.</summary>
    ENOTTY = 25,

    /// <summary>The file is too large.</summary>
    EFBIG = 27,

    /// <summary>No capacity left.</summary>
    ENOSPC = 28,

    /// <summary>The file system is read-only.</summary>
    EROFS = 30,

    /// <summary>Nobody reads any more.</summary>
    EPIPE = 32,

    /// <summary>A number that does not fit.</summary>
    ERANGE = 34,
    /// <summary>The name is too long.</summary>
    ENAMETOOLONG = 36,

    /// <summary>Not implemented.</summary>
    ENOSYS = 38,

    /// <summary>Too many instances.</summary>
    EUSERS = 87,

    /// <summary>The message is too long.</summary>
    EMSGSIZE = 90,

    /// <summary>Not supported.</summary>
    ENOTSUP = 95,

    /// <summary>The address or resource is taken.</summary>
    EADDRINUSE = 98,

    /// <summary>The address or resource is not to be had.</summary>
    EADDRNOTAVAIL = 99,

    /// <summary>The connection was given up.</summary>
    ECONNABORTED = 103,

    /// <summary>The peer has broken the connection.</summary>
    ECONNRESET = 104,

    /// <summary>Not connected.</summary>
    ENOTCONN = 107,

    /// <summary>Took too long.</summary>
    ETIMEDOUT = 110,

    /// <summary>Nobody listens there.</summary>
    ECONNREFUSED = 111,

    /// <summary>The user's share of the disk is used up.</summary>
    EDQUOT = 122,
}
