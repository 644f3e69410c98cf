namespace Mdev.Sdk;

/// <summary>Linux error numbers, under their own names; the values are those of the generic ABI (x86, arm64).</summary>
public enum Errno
{
#pragma warning disable CS1591 // errno(3) is their documentation.
    None = 0,
    EPERM = 1,
    ENOENT = 2,
    EINTR = 4,
    EIO = 5,
    E2BIG = 7,
    EBADF = 9,
    EAGAIN = 11,
    ENOMEM = 12,
    EACCES = 13,
    EFAULT = 14,
    EBUSY = 16,
    EEXIST = 17,
    ENODEV = 19,
    EINVAL = 22,
    ENOTTY = 25,
    ENOSPC = 28,
    EPIPE = 32,
    ENOSYS = 38,
    EUSERS = 87,
    EADDRINUSE = 98,
    ECONNRESET = 104,
    ENOTCONN = 107,
#pragma warning restore CS1591
}
